import type { StackSketch } from '../testing/assembly-builder';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

const DATABASE = 'AWS::RDS::DBInstance';

/** data has a database and a bucket; app needs data; other stands alone. */
const shop = (properties: object = {}, more: Partial<StackSketch> = {}): Record<string, StackSketch> => ({
  data: {
    resources: {
      Database: { Type: DATABASE, Properties: { Engine: 'postgres', EngineVersion: '17.2', ...properties } },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    },
    ...more,
  },
  app: { after: ['data'] },
  other: {},
});

let rig: TestRig;

beforeEach(async () => {
  rig = await TestRig.start(shop());
  rig.aws.cloudFormation.replacing.always.add('Port');
  rig.aws.cloudFormation.replacing.conditionally.add('Engine');
  await rig.deploy();
});

afterEach(() => rig.stop());

describe('a change set that loses data', () => {
  test('is not executed: the stack fails with the resource and the option, dependents are blocked, the rest ships', async () => {
    const changed = shop({ Port: 1 });
    rig.workspace.synthesize({ ...changed, other: { version: '2' }, app: { after: ['data'], version: '2' } });
    const report = await rig.deploy();
    expect(resultsOf(report)).toEqual({ data: 'failed', app: 'blocked', other: 'updated' });
    expect(rowOf(report, 'data')?.error).toMatch(
      /Database \(AWS::RDS::DBInstance\) would be replaced\.[^]*--allowDestructive=Database/,
    );
    expect(rowOf(report, 'data')?.changes).toEqual([
      expect.objectContaining({ logicalId: 'Database', type: DATABASE, change: 'replace' }),
    ]);
    expect(rig.aws.changes).not.toContain('ExecuteChangeSet data');
    expect(rig.aws.changes).toContain('DeleteChangeSet data');
    expect(rig.aws.cloudFormation.stacks.get('data')?.status).toBe('CREATE_COMPLETE');
  });

  test.each([
    ['may be replaced', shop({ Engine: 'mysql' }), 'Database'],
    ['would be removed', shop({}, { resources: { Database: shop()['data']!.resources!['Database']! } }), 'Bucket'],
    [
      'would change the major version of its engine, 17.2 → 18, with no way back',
      shop({ EngineVersion: '18' }),
      'Database',
    ],
  ])('as one by which a resource %s', async (effect, changed, logicalId) => {
    rig.workspace.synthesize(changed);
    const report = await rig.deploy();
    expect(rowOf(report, 'data')?.error).toContain(effect);
    expect(rowOf(report, 'data')?.error).toContain(`--allowDestructive=${logicalId}`);
    expect((await rig.deploy({ allowDestructive: logicalId })).ok).toBe(true);
  });

  test('is judged by what CloudFormation says, also where only the value of a parameter differs', async () => {
    rig.workspace.synthesize(shop({ Port: { Ref: 'ImageTag' } }, { parameters: { ImageTag: 'a' } }));
    await rig.deploy({ allowDestructive: 'Database' });
    const report = await rig.deploy({ imageTag: 'b' });
    expect(rowOf(report, 'data')).toMatchObject({
      result: 'failed',
      reason: expect.stringContaining('lose data') as string,
    });
  });

  test('is executed when every resource is allowed by its logical id, also in a phase that ships directly', async () => {
    rig.workspace.synthesize(shop({ Port: 1 }));
    const report = await rig.deploy({ allowDestructive: 'Bucket,Database' });
    expect(rowOf(report, 'data')).toMatchObject({ result: 'updated' });
    expect(rig.aws.changes).toContain('ExecuteChangeSet data');
  });
});

test('other changes of stateful resources ship: another minor version, a property that is updated in place', async () => {
  rig.workspace.synthesize(shop({ EngineVersion: '17.3', BackupRetentionPeriod: 7 }));
  const report = await rig.deploy();
  expect(rowOf(report, 'data')?.changes).toEqual([
    expect.objectContaining({ logicalId: 'Database', change: 'update' }),
  ]);
  expect(report.ok).toBe(true);
});

test('what is kept as its template says is named as kept', async () => {
  const kept = {
    Type: DATABASE,
    Properties: { Engine: 'postgres', EngineVersion: '17.2' },
    UpdateReplacePolicy: 'Retain',
  };
  rig.workspace.synthesize(
    shop({}, { resources: { Database: { ...kept, Properties: { ...kept.Properties, Port: 2 } } } }),
  );
  const report = await rig.deploy();
  expect(rowOf(report, 'data')?.error).toContain(
    'Database (AWS::RDS::DBInstance) would be replaced (the old one is kept',
  );
});

test('a name that is no logical id of the app is refused before anything changes', async () => {
  rig.workspace.synthesize(shop({ Port: 1 }));
  const report = await rig.deploy({ allowDestructive: 'Databse,Bucket' });
  expect(report.problems).toEqual([expect.stringContaining('--allowDestructive=Databse')]);
  expect(rig.aws.changes).toEqual([]);
});

test('a dry run predicts replacements and removals from the resource specification, and changes nothing', async () => {
  rig.workspace.synthesize(shop({ DBName: 'other', AllocatedStorage: 20 }, { version: '2' }));
  const report = await rig.deploy({ dryRun: true });
  expect(rowOf(report, 'data')?.changes).toEqual([
    { logicalId: 'dataTopic', type: 'AWS::SNS::Topic', path: 'data/Topic/Resource', change: 'update' },
    { logicalId: 'Database', type: DATABASE, path: undefined, change: 'replace' },
  ]);
  expect(rig.aws.changes).toEqual([]);
});
