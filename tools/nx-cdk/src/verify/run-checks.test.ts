import { awsError, deployedApp, deployedStack, scriptedClients } from '../testing/deployed';
import { checkEach, Untrue } from './check';
import { DeployedApp } from './deployed-app';
import { runChecks } from './run-checks';

const queue = { Type: 'AWS::SQS::Queue' };
const app = deployedApp(deployedStack('one', { A: queue }), deployedStack('two', { B: queue }));

const check = (look: (name: string) => string | Promise<string>, reliesOn?: 'containers') =>
  checkEach({
    name: 'queues are good',
    topic: 'resources',
    reliesOn,
    type: 'AWS::SQS::Queue',
    look: async ({ name }) => look(name),
  });

const run = async (one: ReturnType<typeof check>, notReal = {}, of = app) =>
  (await runChecks([one], of, scriptedClients({}), notReal))[0]!;

const good = () => 'good';

test('a check passes when it is true of everything it is about', async () => {
  expect(await run(check(good))).toMatchObject({ outcome: 'passed', findings: [{ subject: 'A' }, { subject: 'B' }] });
});

test('one thing that it is not true of fails it, and the others are told all the same', async () => {
  const result = await run(
    check((name) => {
      if (name === 'A') throw new Untrue('it is bad');
      return 'good';
    }),
  );
  expect(result.outcome).toBe('failed');
  expect(result.findings).toEqual([
    { stack: 'one', subject: 'A', ok: false, evidence: 'it is bad' },
    { stack: 'two', subject: 'B', ok: true, evidence: 'good' },
  ]);
});

test('a check that cannot be made to its end fails, with what AWS said explained', async () => {
  const result = await run(check(() => Promise.reject(awsError('AccessDenied'))));
  expect(result).toMatchObject({
    outcome: 'failed',
    reason: expect.stringMatching(/^it could not be found out: The credentials are not allowed to do this/) as string,
  });
});

test('what relies on something that is not real is not made, with the reason, and does not pass', async () => {
  const look = jest.fn(good);
  const result = await run(check(look, 'containers'), { containers: 'no container runs here' });
  expect(result).toMatchObject({ outcome: 'not checkable here', reason: 'no container runs here', findings: [] });
  expect(look).not.toHaveBeenCalled();
  expect((await run(check(good, 'containers'), { databases: 'none' })).outcome).toBe('passed');
});

test('where nothing of the kind is deployed there is nothing to check, real or not', async () => {
  const empty = deployedApp(deployedStack('one', {}));
  expect((await run(check(good, 'containers'), { containers: 'none' }, empty)).outcome).toBe('nothing to check');
});

test('only the selected stacks are checked', async () => {
  const { findings } = await run(check(good), {}, new DeployedApp(app.stacks, new Set(['two'])));
  expect(findings.map(({ stack }) => stack)).toEqual(['two']);
});
