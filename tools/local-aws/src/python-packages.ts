import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LocalAwsError } from './errors';
import { findPython } from './python';
import { lastLines } from './text';

/** How to run Python with packages installed. */
export interface PythonEnvironment {
  readonly interpreter: string;
  /** A folder to import packages from, where no virtual environment could be made. */
  readonly packages?: string;
}

/** What is to be installed, and where. */
export interface PythonPackages {
  /** What is installed, as messages name it, for example `MiniStack`. */
  readonly name: string;
  /** The requirements file of pip. A change of it installs anew. */
  readonly requirementsFile: string;
  /** The folder to install into; what else is in it is removed. */
  readonly folder: string;
  /** Gets everything that the installer prints. */
  readonly logFile: string;
}

interface Marker extends PythonEnvironment {
  readonly requirements: string;
}

const MARKER = 'complete.json';

/**
 * Installs Python packages into a folder of their own, unless the very same are there already. A marker written last
 * tells a complete installation from an interrupted one, which is removed and made anew.
 * @throws LocalAwsError when there is no suitable Python, or with the last lines of the installer when it fails
 */
export async function installPythonPackages(
  wanted: PythonPackages,
  log: (line: string) => void,
): Promise<PythonEnvironment> {
  const requirements = createHash('sha256').update(readFileSync(wanted.requirementsFile)).digest('hex');
  const markerFile = join(wanted.folder, MARKER);
  const installed = readMarker(markerFile);
  if (installed?.requirements === requirements && existsSync(installed.interpreter)) {
    return installed;
  }
  const python = await findPython(wanted.name);
  log(`installing ${wanted.name} with Python ${python.version} (once, some seconds) …`);
  mkdirSync(dirname(wanted.logFile), { recursive: true });
  writeFileSync(wanted.logFile, '');
  const environment = await installWith(python.path, wanted);
  writeFileSync(markerFile, JSON.stringify({ ...environment, requirements } satisfies Marker));
  return environment;
}

/** A command that an installed package brought along. */
export function installedCommand({ interpreter, packages }: PythonEnvironment, name: string): string {
  return packages === undefined ? join(dirname(interpreter), name) : join(packages, 'bin', name);
}

async function installWith(python: string, wanted: PythonPackages): Promise<PythonEnvironment> {
  const { name, requirementsFile, logFile } = wanted;
  // A folder of its own: the installer of a run that was killed may go on writing into its own.
  const folder = join(wanted.folder, randomUUID());
  const pip = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '-r', requirementsFile];
  const isolated = join(folder, 'bin', 'python');
  removeLeftovers(wanted.folder);
  if (await succeeds(python, ['-m', 'venv', folder], logFile)) {
    if (await succeeds(isolated, pip, logFile)) {
      return { interpreter: isolated };
    }
  } else {
    // Some systems ship Python without the parts that `venv` needs.
    rmSync(folder, { recursive: true, force: true });
    const packages = join(folder, 'packages');
    if (await succeeds(python, [...pip, '--target', packages], logFile)) {
      return { interpreter: python, packages };
    }
  }
  throw new LocalAwsError(
    `${name} could not be installed with ${python}. The installer's last lines ` +
      `(all of it: ${logFile}):\n${lastLines(logFile, 15)}\n` +
      'Check the connection to the Python package index (and a proxy or mirror, if you need one), then run this again.',
  );
}

/** What an installer still writes into cannot be removed; the next installation does it. */
function removeLeftovers(folder: string): void {
  rmSync(join(folder, MARKER), { force: true });
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
  }
}

function succeeds(command: string, args: string[], logFile: string): Promise<boolean> {
  const output = openSync(logFile, 'a');
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', output, output] });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  }).then((ok) => {
    closeSync(output);
    return ok as boolean;
  });
}

function readMarker(file: string): Marker | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Marker;
  } catch {
    return undefined;
  }
}
