import type { StackSketch } from '../testing/assembly-builder';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

const role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'worker' } };
const group = { Type: 'AWS::Logs::LogGroup', Properties: {} };
const service = { Type: 'AWS::ECS::Service', Properties: {} };

/** The roles and the service in a stack each, and a dashboard that looks at both; base comes before all of them. */
function apart(kind: 'ssm' | 'direct' = 'ssm'): Record<string, StackSketch> {
  const isDirect = kind === 'direct';
  return {
    'shop-test-base': { publishes: { id: 'b' } },
    'shop-test-roles': {
      after: ['shop-test-base'],
      resources: { Role: role, Key: parameter('roles/arn', 'r1'), Logs: group },
      ...(isDirect ? { exports: { arn: 'r1' } } : {}),
    },
    'shop-test-service': {
      after: ['shop-test-base', 'shop-test-roles'],
      resources: { Service: service, Key: parameter('service/name', 's1') },
      parameters: { ImageTag: 'initial' },
      ...(isDirect ? { imports: ['shop-test-roles:arn'], exports: { name: 's1' } } : { reads: ['/shop/roles/arn'] }),
    },
    'shop-test-dashboard': {
      uploaded: true,
      after: ['shop-test-service'],
      ...(isDirect
        ? { imports: ['shop-test-service:name', 'shop-test-roles:arn'] }
        : { reads: ['/shop/service/name'] }),
    },
  };
}

/** The same with roles and service in one stack. */
function together(kind: 'ssm' | 'direct' = 'ssm'): Record<string, StackSketch> {
  const isDirect = kind === 'direct';
  return {
    'shop-test-base': { publishes: { id: 'b' } },
    'shop-test-all': {
      after: ['shop-test-base'],
      resources: {
        Role: role,
        RolesKey: parameter('roles/arn', 'r2'),
        Logs: group,
        Service: service,
        ServiceKey: parameter('service/name', 's2'),
      },
      parameters: { ImageTag: 'initial' },
      ...(isDirect ? { exports: { name: 's2', arn: 'r2' } } : {}),
    },
    'shop-test-dashboard': {
      uploaded: true,
      after: ['shop-test-all'],
      ...(isDirect ? { imports: ['shop-test-all:name', 'shop-test-all:arn'] } : { reads: ['/shop/service/name'] }),
    },
  };
}

function parameter(key: string, Value: string) {
  return { Type: 'AWS::SSM::Parameter', Properties: { Name: `/shop/${key}`, Value } };
}

const APART = 'shop-test-roles,shop-test-service';
const TO_ONE = { allowDestructive: APART };
const TO_TWO = { allowDestructive: 'shop-test-all' };

let rig: TestRig;

async function start(sketches: Record<string, StackSketch>): Promise<void> {
  rig = await TestRig.start(sketches);
  rig.workspace.stackName = 'shop-{environment}-{stack}';
  rig.workspace.folders = { roles: 'early', service: 'early', all: 'early' };
  expect((await rig.deploy({ imageTag: 'v7' })).ok).toBe(true);
}

const stack = (name: string) => rig.aws.cloudFormation.stacks.get(name);
const tagOf = (name: string) => stack(name)?.parameters['ImageTag']?.value;
const changes = () => rig.aws.changes.filter((change) => !change.includes('Parameter'));
const statuses = () => new Set([...rig.aws.cloudFormation.stacks.values()].map(({ status }) => status));
const noticeOf = (notices: readonly string[], words: string) => notices.find((notice) => notice.includes(words));

afterEach(() => rig.stop());

describe('a stack that gets the names of stacks that are no longer part of the app', () => {
  beforeEach(async () => {
    await start(apart());
    rig.workspace.synthesize(together());
  });

  test('is refused before anything changes, with what would be interrupted and what to add', async () => {
    const { problems } = await rig.deploy();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^The stacks shop-test-roles, shop-test-service are no longer part of the app, but still have names .* are to be those of all: AWS::IAM::Role worker, AWS::SSM::Parameter .*They must be deleted first\./,
    );
    expect(problems[0]).toContain('Until then 1 ECS service and their tasks do not run.');
    expect(problems[0]).toContain(`--allowDestructive=${APART}`);
    expect(rig.aws.changes).toEqual([]);
  });

  test('is created when they are gone, with their parameters, in one run, which says beforehand what it interrupts', async () => {
    const report = await rig.deploy(TO_ONE);
    expect(resultsOf(report)).toMatchObject({
      'shop-test-base': 'unchanged',
      'shop-test-all': 'created',
      'shop-test-dashboard': 'updated',
      'shop-test-roles': 'destroyed',
      'shop-test-service': 'destroyed',
    });
    expect(report.ok).toBe(true);
    expect(tagOf('shop-test-all')).toBe('v7');
    expect(changes()).toEqual([
      'DeleteStack shop-test-service',
      'DeleteStack shop-test-roles',
      expect.stringMatching(/^Create.* shop-test-all$/),
      ...changes().slice(3),
    ]);
    expect(noticeOf(report.notices, 'deleted before all can be created')).toContain(
      'Deleted for good: 1 log group with everything that was logged.',
    );
    const planned = rig.events.find((event) => event.type === 'planned')?.stacks;
    expect(planned?.find(({ name }) => name === 'all')?.needs).toEqual(
      expect.arrayContaining(['shop-test-roles', 'shop-test-service']),
    );
  });

  test('and what was before it comes back in the same way; then there is nothing left to do', async () => {
    await rig.deploy(TO_ONE);
    rig.workspace.synthesize(apart());
    expect((await rig.deploy({ ...TO_TWO, imageTag: 'v8' })).ok).toBe(true);
    expect([tagOf('shop-test-service'), stack('shop-test-all')]).toEqual(['v8', undefined]);
    const again = await rig.deploy(TO_TWO);
    expect(again.ok).toBe(true);
    expect(rig.aws.changes).toEqual([]);
  });

  test('a dry run says what would go, and changes nothing', async () => {
    const report = await rig.deploy({ ...TO_ONE, dryRun: true });
    expect(rowOf(report, 'shop-test-roles')).toMatchObject({
      result: 'skipped',
      reason: 'dry run, would delete before: all takes its place',
    });
    expect(noticeOf(report.notices, 'can be created')).toContain('2 SSM parameters do not exist');
    // A service with neither tasks nor a load balancer, and a role with what the stack takes beside it.
    expect(noticeOf(report.notices, 'by a model')).toMatch(
      /the longest: all \d.*, .*the deletion of shop-test-(roles|service) \d/,
    );
    expect(rig.aws.changes).toEqual([]);
  });

  test('nothing goes while something that the new stack needs cannot be shipped', async () => {
    rig.workspace.synthesize({ ...together(), 'shop-test-base': { publishes: { id: 'b' }, version: '2' } });
    rig.aws.cloudFormation.failing.set('shop-test-baseTopic', 'no');
    const report = await rig.deploy(TO_ONE);
    expect(resultsOf(report)).toMatchObject({
      'shop-test-base': 'failed',
      'shop-test-roles': 'blocked',
      'shop-test-service': 'blocked',
      'shop-test-all': 'blocked',
    });
    expect(stack('shop-test-service')?.status).toBe('CREATE_COMPLETE');
    rig.aws.cloudFormation.failing.clear();
    expect((await rig.deploy(TO_ONE)).ok).toBe(true);
  });

  test('when one cannot be deleted the new one waits, and the same command goes on', async () => {
    rig.aws.cloudFormation.failingDeletion.set('Role', 'in use');
    const report = await rig.deploy(TO_ONE);
    expect(resultsOf(report)).toMatchObject({
      'shop-test-service': 'destroyed',
      'shop-test-roles': 'failed',
      'shop-test-all': 'blocked',
    });
    expect(noticeOf(report.notices, 'Run the same command again')).toBeDefined();
    rig.aws.cloudFormation.failingDeletion.clear();
    expect((await rig.deploy(TO_ONE)).ok).toBe(true);
    expect(tagOf('shop-test-all')).toBe('v7');
  });

  test('when it cannot be created the same command creates it, with the values that only the deleted ones had', async () => {
    rig.aws.cloudFormation.failing.set('Service', 'no capacity');
    const report = await rig.deploy(TO_ONE);
    expect(rowOf(report, 'shop-test-all')).toMatchObject({ result: 'failed' });
    expect(statuses()).toContain('ROLLBACK_COMPLETE');
    rig.aws.cloudFormation.failing.clear();
    expect((await rig.deploy(TO_ONE)).ok).toBe(true);
    expect(tagOf('shop-test-all')).toBe('v7');
    expect([...rig.aws.cloudFormation.ssm.keys()].filter((name) => name.includes('carried'))).toEqual([]);
  });

  test('when it cannot be created there is a way back: what was rolled back holds no name', async () => {
    rig.aws.cloudFormation.failing.set('ServiceKey', 'no');
    await rig.deploy(TO_ONE);
    rig.workspace.synthesize(apart());
    const report = await rig.deploy();
    expect(resultsOf(report)).toMatchObject({
      'shop-test-roles': 'created',
      'shop-test-service': 'created',
      'shop-test-all': 'excluded',
    });
    expect(tagOf('shop-test-service')).toBe('v7');
  });

  test('alone it brings in nothing; one of several that take a place brings in the others', async () => {
    const report = await rig.deploy(TO_ONE, { stacks: ['all'] });
    expect(resultsOf(report)).toMatchObject({ 'shop-test-all': 'created', 'shop-test-dashboard': 'excluded' });
    rig.workspace.synthesize(apart());
    const back = await rig.deploy(TO_TWO, { stacks: ['roles'] });
    expect(resultsOf(back)).toMatchObject({ 'shop-test-roles': 'created', 'shop-test-service': 'created' });
    const planned = rig.events.find((event) => event.type === 'planned')?.stacks;
    expect(planned?.find(({ name }) => name === 'service')?.reason).toContain(
      'included because it takes the place of shop-test-all',
    );
  });

  test('is refused when only some of what takes the place would be created', async () => {
    await rig.deploy(TO_ONE);
    rig.workspace.synthesize(apart());
    rig.workspace.folders = { ...rig.workspace.folders, service: 'late' };
    const { problems } = await rig.deploy({ ...TO_TWO, infraOnly: true });
    expect(problems).toEqual([
      'service takes the place of shop-test-all, but phase late is left out by --infraOnly. Run without --infraOnly.',
    ]);
    expect(rig.aws.changes).toEqual([]);
  });

  test('is refused when the name stays taken, since the resource is kept', async () => {
    rig.aws.cloudFormation.stacks.get('shop-test-roles')!.body = JSON.stringify({
      Resources: { Role: { ...role, DeletionPolicy: 'Retain' } },
    });
    const { problems } = await rig.deploy(TO_ONE);
    expect(problems).toEqual([
      expect.stringMatching(/^shop-test-roles would keep the name worker \(AWS::IAM::Role\) .* all could not/),
    ]);
  });

  test('is refused when one of the stacks is protected', async () => {
    stack('shop-test-service')!.terminationProtection = true;
    expect((await rig.deploy(TO_ONE)).problems).toEqual([
      expect.stringMatching(/^shop-test-service has termination protection\. Run: aws cloudformation/),
    ]);
  });
});

describe('where others import from the stacks that go', () => {
  beforeEach(async () => {
    await start(apart('direct'));
    rig.workspace.synthesize(together('direct'));
  });

  test('these let go first, without any change of a resource, and import from the new one in the end', async () => {
    expect((await rig.deploy(TO_ONE)).ok).toBe(true);
    const letGo = changes().findIndex((change) => /^Execute.* shop-test-dashboard$/.test(change));
    expect(letGo).toBeGreaterThanOrEqual(0);
    expect(letGo).toBeLessThan(changes().indexOf('DeleteStack shop-test-service'));
    expect([...rig.aws.cloudFormation.exports.keys()].sort()).toEqual(['shop-test-all:arn', 'shop-test-all:name']);
    rig.workspace.synthesize(apart('direct'));
    expect((await rig.deploy(TO_TWO)).ok).toBe(true);
    expect(new Set(Object.values(resultsOf(await rig.deploy())).filter((result) => result !== 'absent'))).toEqual(
      new Set(['unchanged']),
    );
  });

  test('one that cannot let go keeps everything as it is', async () => {
    const before = rig.aws.cloudFormation.stacks.get('shop-test-dashboard')!;
    before.status = 'UPDATE_ROLLBACK_FAILED';
    expect(resultsOf(await rig.deploy(TO_ONE))).toMatchObject({
      'shop-test-dashboard': 'failed',
      'shop-test-roles': 'blocked',
      'shop-test-service': 'blocked',
      'shop-test-all': 'blocked',
    });
  });

  test('one that was not selected lets go and imports anew, too', async () => {
    const report = await rig.deploy(TO_ONE, { stacks: ['all'] });
    expect(resultsOf(report)).toMatchObject({ 'shop-test-all': 'created', 'shop-test-dashboard': 'updated' });
  });

  test.each(['DeleteStack shop-test-service', 'DeleteStack shop-test-roles'])(
    'a run that ends after %s is continued by the same command',
    async (last) => {
      let stopping = false;
      const interrupts = {
        get stopping() {
          return stopping;
        },
        detached: new Promise<void>(() => undefined),
      };
      const report = await rig.deploy(
        { ...TO_ONE, concurrency: 1 },
        { interrupts, listener: () => (stopping ||= rig.aws.changes.includes(last)) },
      );
      expect(report.ok).toBe(false);
      expect(rig.aws.changes.filter((change) => change.endsWith('shop-test-all'))).toEqual([]);
      expect((await rig.deploy(TO_ONE)).ok).toBe(true);
      expect(tagOf('shop-test-all')).toBe('v7');
      expect(statuses()).toEqual(new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']));
    },
  );
});

describe('where a stack that is no longer part of the app itself needs one that goes, and nobody gets its names', () => {
  const AUDIT = 'shop-test-audit';
  const WITH_AUDIT = { allowDestructive: `${APART},${AUDIT}` };

  beforeEach(async () => {
    await start({
      ...apart('direct'),
      [AUDIT]: { after: ['shop-test-roles'], imports: ['shop-test-roles:arn'], parameters: { ImageTag: 'audited' } },
    });
    rig.workspace.synthesize(together('direct'));
  });

  test('it has to be allowed to go, too', async () => {
    const { problems } = await rig.deploy(TO_ONE);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('They must be deleted first, and before them shop-test-audit, which needs them.');
    expect(problems[0]).toContain(`--allowDestructive=${APART},${AUDIT}`);
    expect(rig.aws.changes).toEqual([]);
  });

  test('it goes before that one does, and the new stack has none of its values', async () => {
    const report = await rig.deploy(WITH_AUDIT);
    expect(resultsOf(report)).toMatchObject({ [AUDIT]: 'destroyed', 'shop-test-all': 'created' });
    expect(report.ok).toBe(true);
    expect(rowOf(report, AUDIT)?.reason).toBe('it needs what all takes the place of');
    expect(changes().indexOf(`DeleteStack ${AUDIT}`)).toBeLessThan(changes().indexOf('DeleteStack shop-test-roles'));
    expect(tagOf('shop-test-all')).toBe('v7');
    const planned = rig.events.find((event) => event.type === 'planned')?.stacks;
    expect(planned?.find(({ name }) => name === 'shop-test-roles')?.needs).toContain(AUDIT);
  });

  test('a dry run says so', async () => {
    const report = await rig.deploy({ ...WITH_AUDIT, dryRun: true });
    expect(rowOf(report, AUDIT)?.reason).toBe('dry run, would delete before: it needs what all takes the place of');
    expect(rig.aws.changes).toEqual([]);
  });
});
