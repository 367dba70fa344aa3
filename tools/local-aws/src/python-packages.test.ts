import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedCommand, installPythonPackages } from './python-packages';
import { fakePython, rejectionOf } from './testing/fakes';

let folder: string;
const silent = () => undefined;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'local-aws-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('installation', () => {
  const venv = 'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"';
  const countInstall = () => `echo pip >> ${folder}/installs`;
  const makesVenv = () => `${venv}; else ${countInstall()}; fi`;
  const wanted = () => ({
    name: 'MiniStack',
    requirementsFile: join(__dirname, '../python/requirements.txt'),
    folder: join(folder, 'venv'),
    logFile: join(folder, 'logs', 'install.log'),
  });
  const installs = () => readFileSync(join(folder, 'installs'), 'utf8').trim().split('\n').length;

  afterEach(() => delete process.env.LOCAL_AWS_PYTHON);

  test('it happens once', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    const first = await installPythonPackages(wanted(), silent);
    expect(installedCommand(first, 'tool')).toBe(join(dirname(first.interpreter), 'tool'));
    expect(await installPythonPackages(wanted(), silent)).toMatchObject(first);
    expect(installs()).toBe(1);
  });

  test('other requirements are installed anew', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    const requirementsFile = join(folder, 'requirements.txt');
    for (const requirement of ['tool==1', 'tool==2', 'tool==2']) {
      writeFileSync(requirementsFile, requirement);
      await installPythonPackages({ ...wanted(), requirementsFile }, silent);
    }
    expect(installs()).toBe(2);
  });

  test('an interrupted one is removed and made anew', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    const leftover = join(wanted().folder, 'half-a-package');
    mkdirSync(leftover, { recursive: true });
    await installPythonPackages(wanted(), silent);
    expect(existsSync(leftover)).toBe(false);
    expect(installs()).toBe(1);
  });

  test('an installer of a killed run that still writes disturbs no later installation', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    const killed = await installPythonPackages(wanted(), silent);
    rmSync(join(wanted().folder, 'complete.json'));
    const { interpreter } = await installPythonPackages(wanted(), silent);
    mkdirSync(dirname(killed.interpreter), { recursive: true });
    writeFileSync(killed.interpreter, 'half a file');
    expect(interpreter).not.toBe(killed.interpreter);
    expect(readFileSync(interpreter, 'utf8')).toContain('3.12.1');
    expect(await installPythonPackages(wanted(), silent)).toMatchObject({ interpreter });
  });

  test('one whose interpreter has gone since is made anew', async () => {
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', makesVenv());
    rmSync((await installPythonPackages(wanted(), silent)).interpreter);
    await installPythonPackages(wanted(), silent);
    expect(installs()).toBe(2);
  });

  test('without venv, packages go to a folder of their own', async () => {
    const withoutVenv = 'if [ "$2" = venv ]; then exit 1; else mkdir -p "$9"; fi';
    const python = fakePython(folder, 'python3', '3.12.1', withoutVenv);
    process.env.LOCAL_AWS_PYTHON = python;
    const { interpreter, packages } = await installPythonPackages(wanted(), silent);
    expect(interpreter).toBe(python);
    expect(packages?.startsWith(wanted().folder)).toBe(true);
    expect(existsSync(packages!)).toBe(true);
    expect(installedCommand({ interpreter, packages }, 'tool')).toBe(join(packages!, 'bin', 'tool'));
  });

  test('a failure shows the last lines of the installer and leaves no marker', async () => {
    const failing = `${venv}; else echo no such host; exit 1; fi`;
    process.env.LOCAL_AWS_PYTHON = fakePython(folder, 'python3', '3.12.1', failing);
    const message = await rejectionOf(installPythonPackages(wanted(), silent));
    expect(message).toContain('no such host');
    expect(message).toContain(wanted().logFile);
    expect(existsSync(join(wanted().folder, 'complete.json'))).toBe(false);
  });
});
