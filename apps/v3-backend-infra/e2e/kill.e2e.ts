import { setTimeout as sleep } from 'node:timers/promises';
import { Endpoint } from './endpoint';
import { seededRandom } from './seeded-random';
import type { RunningCommand } from './running-command';
import { WorkspaceCopy } from './workspace-copy';

const ROUNDS = 20;
/** How often a round begins with nothing deployed; the others begin with all stacks to be updated. */
const EMPTY_EVERY = 5;
/** The moments of the kills follow from it. */
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

const DEPLOY = ['run', 'v3-backend-infra:deploy', '--configuration=local'];
const TAGS = ['tags: { application', "tags: { round: 'odd', application"] as const;

describe(`a deploy that is killed, with seed ${SEED}`, () => {
  let workspace: WorkspaceCopy;
  let endpoint: Endpoint;
  /** How long a deploy takes that is not killed, in milliseconds: all of it, and of that the engine. */
  let whole: number;
  let engine: number;
  const random = seededRandom(SEED);

  /** Changes the tags of all stacks, back and forth: each state is synthesized once. */
  const changeEveryStack = (round: number) =>
    workspace.edit('apps/v3-backend-infra/src/backend.ts', TAGS[round % 2]!, TAGS[(round + 1) % 2]!);

  /** Deploys to the end. */
  const deploy = async () => {
    const began = Date.now();
    const run = await workspace.deploy();
    whole = Date.now() - began;
    const { startedAt, finishedAt } = workspace.report();
    engine = Date.parse(finishedAt) - Date.parse(startedAt);
    return run;
  };

  /** Three of four moments are within the work of the engine, the others may also be before it. */
  const randomMoment = async (run: RunningCommand) => {
    const anytime = random() < 0.25;
    if (!anytime) await run.prints('Deploy local');
    await Promise.race([sleep(random() * (anytime ? whole : engine)), run.finished]);
  };

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    endpoint = new Endpoint(workspace.port);
    expect((await deploy()).status).toBe(0);
  });
  afterAll(() => workspace.dispose());

  test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'is finished by the same command, round %i',
    async (round) => {
      if (round % EMPTY_EVERY === EMPTY_EVERY - 1) expect((await workspace.destroy('--confirm=local')).status).toBe(0);
      changeEveryStack(round);
      const killed = workspace.start(DEPLOY);
      await randomMoment(killed);
      // Either Nx alone, as when it runs out of memory, or everything, as at the end of a CI job.
      if (round % 2 === 0) killed.kill();
      else killed.signal('SIGKILL');

      const { status, output } = await deploy();
      const outcome = { round, status, output, leftBehind: (await killed.finished).output };
      expect(outcome).toEqual({ ...outcome, status: 0 });
      expect(workspace.report().ok).toBe(true);
      const stacks = await endpoint.stacks();
      expect(new Set(stacks.map(({ StackName }) => StackName)).size).toBe(14);
      expect(stacks.map(({ StackStatus }) => StackStatus)).toEqual(
        Array(14).fill(expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/)),
      );
      const kept = Object.keys(await endpoint.parameters()).filter((name) => name.includes('/deploy/'));
      expect(kept.filter((name) => !name.endsWith('/base'))).toEqual([]);
    },
  );
});
