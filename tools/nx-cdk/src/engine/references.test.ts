import { resultsOf, rowOf, TestRig } from '../testing/test-rig';
import type { StackSketch } from '../testing/assembly-builder';

/** A chain in which every stack uses the one before it, by the values it exports or by those it publishes in SSM. */
const chain = (kind: 'direct' | 'ssm'): Record<string, StackSketch> => {
  const uploaded = true;
  const published = { publishes: { key: 'one' } };
  return kind === 'direct'
    ? {
        a: { ...published, uploaded, exports: { key: 'one' } },
        b: { ...published, uploaded, after: ['a'], imports: ['a:key'], exports: { key: 'one' } },
        c: { uploaded, after: ['b'], imports: ['a:key', 'b:key'] },
        d: { uploaded },
      }
    : {
        a: { ...published, uploaded },
        b: { ...published, uploaded, after: ['a'], reads: ['/app/a/key'] },
        c: { uploaded, after: ['b'], reads: ['/app/a/key', '/app/b/key'] },
        d: { uploaded },
      };
};

let rig: TestRig;

const start = async (sketches: Record<string, StackSketch>) => {
  rig = await TestRig.start(sketches);
};
const statuses = () => [...rig.aws.cloudFormation.stacks.values()].map(({ status }) => status);
const exportsNow = () => [...rig.aws.cloudFormation.exports.keys()];

afterEach(() => rig.stop());

describe('an environment whose stacks refer to each other directly', () => {
  beforeEach(async () => {
    await start(chain('direct'));
    expect((await rig.deploy()).ok).toBe(true);
  });

  test('moves to SSM in one deploy: stacks keep their exports until nobody imports them', async () => {
    rig.workspace.synthesize(chain('ssm'));
    const report = await rig.deploy();
    expect(resultsOf(report)).toEqual({ a: 'updated', b: 'updated', c: 'updated', d: 'unchanged' });
    expect(rowOf(report, 'a')?.reason).toMatch(/Outputs changed/);
    expect(exportsNow()).toEqual([]);
    expect(statuses()).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/)));
  });

  test('and back, and either way a second deploy finds nothing to do', async () => {
    for (const kind of ['ssm', 'direct'] as const) {
      rig.workspace.synthesize(chain(kind));
      expect((await rig.deploy()).ok).toBe(true);
      expect(new Set(Object.values(resultsOf(await rig.deploy())))).toEqual(new Set(['unchanged']));
    }
    expect(exportsNow()).toEqual(['a:key', 'b:key']);
  });

  test('a stack gives up its exports only after those that import them, even if it changes otherwise, too', async () => {
    rig.workspace.synthesize({ ...chain('ssm'), a: { ...chain('ssm')['a'], version: '2' } });
    await rig.deploy();
    const updates = rig.aws.changes.filter((change) => change.startsWith('UpdateStack'));
    expect(updates.filter((change) => change.endsWith(' a'))).toHaveLength(2);
    expect(updates.at(0)).toBe('UpdateStack a');
    expect(updates.lastIndexOf('UpdateStack a')).toBeGreaterThan(updates.indexOf('UpdateStack c'));
  });

  test('one stack alone brings in those that still import what it drops', async () => {
    rig.workspace.synthesize(chain('ssm'));
    const report = await rig.deploy({}, { stacks: ['a'] });
    expect(resultsOf(report)).toMatchObject({ a: 'updated', b: 'updated', c: 'updated', d: 'excluded' });
    const planned = rig.events.find((event) => event.type === 'planned');
    expect(planned?.stacks.find(({ name }) => name === 'b')?.reason).toContain(
      'included because it still imports a:key, which a no longer has',
    );
  });

  test('an export that a stack outside the run still imports is kept, which is said', async () => {
    rig.workspace.synthesize({ ...chain('ssm'), c: { ...chain('ssm')['c'], phase: 'late' } });
    const report = await rig.deploy({ infraOnly: true });
    expect(report.ok).toBe(true);
    expect(exportsNow()).toEqual(['a:key', 'b:key']);
    expect(report.notices).toContainEqual('a keeps a:key, still imported by c.');

    await rig.deploy();
    expect(exportsNow()).toEqual([]);
  });

  test('when an importer fails, the stack keeps its exports and is blocked; run again, it gives them up', async () => {
    rig.workspace.synthesize(chain('ssm'));
    rig.aws.cloudFormation.failing.set('cTopic', 'no');
    const report = await rig.deploy();
    expect(resultsOf(report)).toMatchObject({ a: 'blocked', b: 'blocked', c: 'failed' });
    expect(rowOf(report, 'a')?.reason).toBe('it keeps exports that c still imports');

    rig.aws.cloudFormation.failing.clear();
    expect((await rig.deploy()).ok).toBe(true);
    expect(exportsNow()).toEqual([]);
  });

  test('a dry run says that exports will be given up, and changes nothing', async () => {
    rig.workspace.synthesize(chain('ssm'));
    const report = await rig.deploy({ dryRun: true });
    expect(rowOf(report, 'a')?.reason).toContain('it gives up a:key once nobody imports them any more');
    expect(rig.aws.changes).toEqual([]);
  });
});

describe('stacks that read outputs of others by Fn::GetStackOutput', () => {
  const weak = (version = '1'): Record<string, StackSketch> => ({
    a: { outputs: { key: version }, version },
    b: { after: ['a'], readsOutputs: ['a.key'] },
  });

  test('one alone brings in the stack that has the output', async () => {
    await start(weak());
    expect(resultsOf(await rig.deploy({}, { stacks: ['b'] }))).toEqual({ a: 'created', b: 'created' });
  });

  test('an output that nobody has is refused before anything ships', async () => {
    await start({ ...weak(), b: { after: ['a'], readsOutputs: ['a.other'] } });
    const report = await rig.deploy();
    expect(report.problems).toEqual([expect.stringMatching(/b reads the output a\.other, which does not exist/)]);
    expect(rig.aws.changes).toEqual([]);
  });

  test('they ship again when the other stack was updated after them, since nothing else tells of a new value', async () => {
    await start(weak());
    await rig.deploy();
    rig.workspace.synthesize(weak('2'));
    const report = await rig.deploy();
    expect(resultsOf(report)).toEqual({ a: 'updated', b: 'updated' });
    expect(rowOf(report, 'b')?.reason).toBe('it reads outputs of a, which was updated after it');
    expect(new Set(Object.values(resultsOf(await rig.deploy())))).toEqual(new Set(['unchanged']));
  });
});
