import type { Listener } from '../events/event';
import { templateOf } from '../testing/assembly-builder';
import { resultsOf, rowOf, TestRig } from '../testing/test-rig';

let rig: TestRig;

const VERSION_2 = { a: { version: '2' }, b: { version: '2' } };

beforeEach(async () => {
  rig = await TestRig.start({ a: {}, b: {} });
  await rig.deploy();
  rig.workspace.synthesize(VERSION_2);
});

afterEach(() => rig.stop());

/** Ships a and b one after the other; in between, somebody else does something to b. */
const deployWhile = (meanwhile: () => void) => {
  const listener: Listener = (event) => {
    if (event.type === 'stack-finished' && event.name === 'a') meanwhile();
  };
  return rig.deploy({ concurrency: 1 }, { listener });
};

test('a stack that somebody deletes between the plan and its turn is created', async () => {
  const report = await deployWhile(() => rig.aws.cloudFormation.stacks.delete('b'));
  expect(resultsOf(report)).toEqual({ a: 'updated', b: 'created' });
  expect(rowOf(report, 'b')?.reason).toBe('it is not deployed yet');
  expect(rig.aws.changes).toEqual(['UpdateStack a', 'CreateStack b']);
});

test('one that somebody brings to the same state is left alone', async () => {
  const report = await deployWhile(() => rig.aws.cloudFormation.shipBehind('b', templateOf('b', VERSION_2.b)));
  expect(resultsOf(report)).toEqual({ a: 'updated', b: 'unchanged' });
  expect(rig.aws.changes).toEqual(['UpdateStack a']);
});

test('one that somebody begins to update is followed, and then shipped', async () => {
  const report = await deployWhile(() => rig.aws.cloudFormation.leave('b', 'UPDATE_IN_PROGRESS'));
  expect(resultsOf(report)).toEqual({ a: 'updated', b: 'updated' });
  expect(rig.events).toContainEqual(expect.objectContaining({ type: 'stack-started', name: 'b', verb: 'following' }));
  expect(rig.aws.changes).toEqual(['UpdateStack a', 'UpdateStack b']);
});
