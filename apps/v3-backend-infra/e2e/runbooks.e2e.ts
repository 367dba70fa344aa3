import { runbookBlocks } from './runbooks';
import { WorkspaceCopy } from './workspace-copy';

const BLOCKS = runbookBlocks().filter(({ notRun }) => notRun === undefined);
/** A module that prints a key for age, and the recipient that it is the key of. */
const NEW_KEY = `
  import { generateIdentity, identityToRecipient } from 'age-encryption';
  const key = await generateIdentity();
  console.log([key, await identityToRecipient(key)].join());
`;

describe('the commands of the runbooks, in their order, on the local endpoint', () => {
  let workspace: WorkspaceCopy;
  let environment: NodeJS.ProcessEnv;
  let failed: string | undefined;

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    // The commit that is reverted.
    workspace.edit(
      'apps/v3-backend-infra/stacks/log-forwarder/stack.ts',
      "application: 'v3-backend'",
      "application: 'backend'",
    );
    workspace.commit('a change that turned out wrong');
    const [key, recipient] = workspace.execute('node', '--input-type=module', '--eval', NEW_KEY).trim().split(',');
    workspace.write('age-key.txt', `${key}\n`);
    workspace.write('.git/info/exclude', 'age-key.txt\n');
    environment = {
      ENVIRONMENT: 'local',
      IMAGE_TAG: 'v2',
      PREVIOUS_IMAGE_TAG: 'v1',
      AGE_RECIPIENT: recipient,
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap((role) => [
          [`GIT_${role}_NAME`, 'operator'],
          [`GIT_${role}_EMAIL`, 'operator@example.com'],
        ]),
      ),
    };
  });
  afterAll(() => workspace.dispose());

  test.each(BLOCKS)('$at: $commands', async ({ at, commands }) => {
    // What follows a failure would fail because of it.
    expect(failed).toBeUndefined();
    failed = at;
    const { status, output } = await workspace.shell(commands, environment);
    // So that a failure shows what was printed.
    expect(status === 0 ? '' : output).toBe('');
    failed = undefined;
  });
});
