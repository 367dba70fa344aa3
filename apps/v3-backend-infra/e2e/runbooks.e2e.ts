import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Endpoint } from './endpoint';
import { essenceOf, Exports } from './exports';
import { runbookBlocks, type RunbookBlock } from './runbooks';
import { formsOf, secretParts } from './secret-forms';
import { Secrets } from './secrets';
import { WorkspaceCopy } from './workspace-copy';

const BLOCKS = runbookBlocks().filter(({ notRun }) => notRun === undefined);
const RECREATION = 'teardown-and-recreation.md';
/** A module that prints a key for age, and the recipient that it is the key of. */
const NEW_KEY = `
  import { generateIdentity, identityToRecipient } from 'age-encryption';
  const key = await generateIdentity();
  console.log([key, await identityToRecipient(key)].join());
`;
const API_KEY = 'glc_pl4nted+by/hand==&"quoted"';
/** As a person sets it after the first deployment. */
const GRAFANA = JSON.stringify({ username: '12345', apiKey: API_KEY });

describe('the commands of the runbooks, in their order, on the local endpoint', () => {
  let workspace: WorkspaceCopy;
  let secrets: Secrets;
  let exported: Exports;
  let environment: NodeJS.ProcessEnv;
  let failed: string | undefined;
  let valuesBefore: Record<string, string>;
  let exportBefore: ReturnType<Exports['newest']>;
  const outputs: string[] = [];
  /** Outside of the workspace, where nothing that takes files of the workspace finds it. */
  const keyFile = () => `${workspace.root}.age-key.txt`;

  beforeAll(async () => {
    workspace = await WorkspaceCopy.create();
    secrets = new Secrets(workspace.port, new Endpoint(workspace.port));
    exported = new Exports(workspace.root);
    // The commit that is reverted.
    workspace.edit(
      'apps/v3-backend-infra/stacks/log-forwarder/stack.ts',
      "application: 'v3-backend'",
      "application: 'backend'",
    );
    workspace.commit('a change that turned out wrong');
    const [key, recipient] = workspace.execute('node', '--input-type=module', '--eval', NEW_KEY).trim().split(',');
    writeFileSync(keyFile(), `${key}\n`, { mode: 0o600 });
    environment = {
      ENVIRONMENT: 'local',
      IMAGE_TAG: 'v2',
      PREVIOUS_IMAGE_TAG: 'v1',
      AGE_KEY: keyFile(),
      AGE_RECIPIENT: recipient,
      ...Object.fromEntries(
        ['AUTHOR', 'COMMITTER'].flatMap((role) => [
          [`GIT_${role}_NAME`, 'operator'],
          [`GIT_${role}_EMAIL`, 'operator@example.com'],
        ]),
      ),
    };
  });
  afterAll(async () => {
    rmSync(keyFile(), { force: true });
    await workspace.dispose();
  });

  const runAll = (blocks: readonly RunbookBlock[]) =>
    test.each(blocks)('$at: $commands', async ({ at, commands }) => {
      // What follows a failure would fail because of it.
      expect(failed).toBeUndefined();
      failed = at;
      const { status, output } = await workspace.shell(commands, environment);
      outputs.push(output);
      // So that a failure shows what was printed.
      expect(status === 0 ? '' : output).toBe('');
      failed = undefined;
    });
  const begin = BLOCKS.findIndex(({ at }) => at.startsWith(RECREATION));
  const destroy = BLOCKS.findIndex(({ at, commands }) => at.startsWith(RECREATION) && commands.includes(':destroy'));
  const end = BLOCKS.findLastIndex(({ at }) => at.startsWith(RECREATION)) + 1;

  runAll(BLOCKS.slice(0, begin));

  test('before the teardown, somebody has given a secret its value, and made a parameter by hand', async () => {
    await secrets.put('SecretsGrafana', GRAFANA);
    await new Endpoint(workspace.port).putParameter('/v3-backend/local/by-hand', 'a note');
    valuesBefore = await secrets.values();
  });

  runAll(BLOCKS.slice(begin, destroy));

  test('the export is for its owner only, knows what was made by hand, and is not the only one', () => {
    expect(exported.files().map((file) => file.replace(/^\w+/, ''))).toEqual([
      ...['.json', '.md', '.sha256'],
      ...['.json', '.md', '.secrets.age', '.sha256'],
    ]);
    expect(exported.files().map((file) => exported.mode(file))).toEqual(Array(7).fill('600'));
    exportBefore = exported.newest();
    expect(exportBefore.ssmParameters.length).toBeGreaterThan(100);
    expect(exportBefore.byHand).toEqual([expect.stringContaining('/v3-backend/local/by-hand (String) is of no stack')]);
    exported.add('20000101T000000Z.secrets.age', 'of an environment before this one');
  });

  runAll(BLOCKS.slice(destroy, end));

  test('the recreated environment is the exported one, but for ids', async () => {
    const { status, output } = await workspace.nx(['run', 'v3-backend-infra:export', '--configuration=local']);
    outputs.push(output);
    expect([status, output]).toEqual([0, expect.stringContaining('Exported local: 14 stacks')]);
    expect(essenceOf(exported.newest())).toEqual(essenceOf(exportBefore));
  });

  test('its secrets have the values that only they had, and what the new database has given', async () => {
    const values = await secrets.values();
    const { DatabaseCredentials, AppSharedDatabaseUrlSecret } = values;
    expect(values).toEqual({ ...valuesBefore, DatabaseCredentials, AppSharedDatabaseUrlSecret });
    const { password } = JSON.parse(DatabaseCredentials!) as { password: string };
    expect(valuesBefore['DatabaseCredentials']).not.toContain(password);
    expect(AppSharedDatabaseUrlSecret).toContain(`:${password}@`);
  });

  test('nothing that the commands wrote or printed has the value of a secret, in whatever form', async () => {
    const values = [...Object.values(valuesBefore), ...Object.values(await secrets.values())].flatMap(secretParts);
    expect(values).toContain(API_KEY);
    const dist = join(workspace.root, 'dist');
    const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dist, name))
      .filter((path) => statSync(path).isFile());
    for (const kind of ['verify.json', 'report.json', '.secrets.age']) {
      expect(files.filter((path) => path.endsWith(kind))).not.toEqual([]);
    }
    const written = [...outputs, ...files.map((path) => readFileSync(path, 'latin1'))];
    const found = values.flatMap(formsOf).filter((form) => written.some((text) => text.includes(form)));
    expect([...new Set(found)]).toEqual([]);
  });

  runAll(BLOCKS.slice(end));
});
