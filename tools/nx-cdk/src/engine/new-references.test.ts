import type { StackSketch } from '../testing/assembly-builder';
import { resultsOf, TestRig } from '../testing/test-rig';

let rig: TestRig;

afterEach(() => rig.stop());

/** What a publishes, and what b uses of it, before b begins to use a second value and after that. */
const WAYS: Record<string, (more: boolean) => Record<'a' | 'b', StackSketch>> = {
  'an SSM parameter': (more) => ({
    a: { publishes: { one: '1', ...(more ? { two: '2' } : {}) } },
    b: { after: ['a'], reads: ['/app/a/one', ...(more ? ['/app/a/two'] : [])] },
  }),
  'an export': (more) => ({
    a: { exports: { one: '1', ...(more ? { two: '2' } : {}) } },
    b: { after: ['a'], imports: ['a:one', ...(more ? ['a:two'] : [])] },
  }),
  'an output that it reads by Fn::GetStackOutput': (more) => ({
    a: { outputs: { one: '1', ...(more ? { two: '2' } : {}) } },
    b: { after: ['a'], readsOutputs: ['a.one', ...(more ? ['a.two'] : [])] },
  }),
};

describe.each(Object.entries(WAYS))('a stack that begins to use %s more', (_what, sketches) => {
  beforeEach(async () => {
    rig = await TestRig.start({ ...sketches(false), c: {} });
    await rig.deploy();
    rig.workspace.synthesize({ ...sketches(true), c: { version: '2' } });
  });

  test('brings in the stack that has to provide it, although nothing of that one was changed by hand', async () => {
    const report = await rig.deploy({}, { stacks: ['b'] });
    expect(resultsOf(report)).toEqual({ a: 'updated', b: 'updated', c: 'excluded' });
    expect(rig.aws.changes).toEqual(['UpdateStack a', 'UpdateStack b']);
    const planned = rig.events.find((event) => event.type === 'planned')?.stacks;
    expect(planned?.find(({ name }) => name === 'a')?.reason).toMatch(
      /included because b needs its .*, which is not there/,
    );
  });

  test('brings in nothing once it is provided: only what is missing widens a run', async () => {
    await rig.deploy({}, { stacks: ['a'] });
    const report = await rig.deploy({}, { stacks: ['b'] });
    expect(resultsOf(report)).toEqual({ a: 'excluded', b: 'updated', c: 'excluded' });
  });

  test('is refused when that stack is left out on purpose, naming both', async () => {
    const { a, b } = sketches(true);
    rig.workspace.synthesize({ a: { ...a, phase: 'late' }, b, c: {} });
    const report = await rig.deploy({ infraOnly: true }, { stacks: ['b'] });
    expect(report.problems).toEqual([expect.stringMatching(/^b needs the .*two.*, which a .*--infraOnly/)]);
    expect(rig.aws.changes).toEqual([]);
  });
});
