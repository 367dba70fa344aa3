import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureInstalled } from './install';
import { readSettings } from './settings';
import { fakePython, rejectionOf } from './testing/fakes';

let folder: string;
const silent = () => undefined;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'local-aws-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('installation', () => {
  const venv = 'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"';
  const countInstall = () => `echo pip >> ${folder}/installs`;
  const makesVenv = () => `${venv}; else ${countInstall()}; fi`;
  const settings = () => readSettings({ workspaceRoot: folder }, {});
  const installs = () => readFileSync(join(folder, 'installs'), 'utf8').trim().split('\n').length;

  afterEach(() => delete process.env.LOCAL_AWS_PYTHON);

  test('it happens once', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    const first = await ensureInstalled(settings(), silent);
    expect(await ensureInstalled(settings(), silent)).toMatchObject(first);
    expect(installs()).toBe(1);
  });

  test('an interrupted one is removed and made anew', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    const leftover = join(settings().environmentDir, 'half-a-package');
    mkdirSync(leftover, { recursive: true });
    await ensureInstalled(settings(), silent);
    expect(existsSync(leftover)).toBe(false);
    expect(installs()).toBe(1);
  });

  test('an installer of a killed run that still writes disturbs no later installation', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    const killed = await ensureInstalled(settings(), silent);
    rmSync(join(settings().environmentDir, 'complete.json'));
    const { interpreter } = await ensureInstalled(settings(), silent);
    mkdirSync(dirname(killed.interpreter), { recursive: true });
    writeFileSync(killed.interpreter, 'half a file');
    expect(interpreter).not.toBe(killed.interpreter);
    expect(readFileSync(interpreter, 'utf8')).toContain('3.12.1');
    expect(await ensureInstalled(settings(), silent)).toMatchObject({ interpreter });
  });

  test('one whose interpreter has gone since is made anew', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    rmSync((await ensureInstalled(settings(), silent)).interpreter);
    await ensureInstalled(settings(), silent);
    expect(installs()).toBe(2);
  });

  test('without venv, packages go to a folder of their own', async () => {
    const withoutVenv = 'if [ "$2" = venv ]; then exit 1; else mkdir -p "$9"; fi';
    const python = fakePython(folder, 'python3', '3.12.1', withoutVenv);
    process.env.LOCAL_AWS_PYTHON = python;
    const { interpreter, packages } = await ensureInstalled(settings(), silent);
    expect(interpreter).toBe(python);
    expect(packages?.startsWith(settings().environmentDir)).toBe(true);
    expect(existsSync(packages!)).toBe(true);
  });

  test('a failure shows the last lines of the installer and leaves no marker', async () => {
    const failing = `${venv}; else echo no such host; exit 1; fi`;
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', failing);
    const message = await rejectionOf(ensureInstalled(settings(), silent));
    expect(message).toContain('no such host');
    expect(message).toContain(settings().installLogFile);
    expect(existsSync(join(settings().environmentDir, 'complete.json'))).toBe(false);
  });
});
