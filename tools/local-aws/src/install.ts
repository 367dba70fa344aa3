import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LocalAwsError } from './errors';
import { findPython } from './python';
import type { Settings } from './settings';
import { lastLines } from './text';

/** How to run Python with MiniStack installed. */
export interface PythonEnvironment {
  readonly interpreter: string;
  /** A folder to import packages from, where no virtual environment could be made. */
  readonly packages?: string;
}

interface Marker extends PythonEnvironment {
  readonly requirements: string;
}

const MARKER = 'complete.json';
/** The plug-in and its requirements. */
export const PYTHON_SOURCES = join(__dirname, '../python');

/**
 * Installs MiniStack into the home folder, unless the very same is there already. A marker written last tells a
 * complete installation from an interrupted one, which is removed and made anew.
 * @throws LocalAwsError with the last lines of the installer when it fails
 */
export async function ensureInstalled(
  settings: Settings,
  log: (line: string) => void,
  requirementsFile = join(PYTHON_SOURCES, 'requirements.txt'),
): Promise<PythonEnvironment> {
  const requirements = createHash('sha256').update(readFileSync(requirementsFile)).digest('hex');
  const markerFile = join(settings.environmentDir, MARKER);
  const installed = readMarker(markerFile);
  if (installed?.requirements === requirements && existsSync(installed.interpreter)) {
    return installed;
  }
  const python = await findPython();
  log(`installing MiniStack with Python ${python.version} (once, some seconds) …`);
  mkdirSync(settings.home, { recursive: true });
  writeFileSync(settings.installLogFile, '');
  const environment = await installWith(python.path, requirementsFile, settings);
  writeFileSync(markerFile, JSON.stringify({ ...environment, requirements } satisfies Marker));
  return environment;
}

async function installWith(python: string, requirementsFile: string, settings: Settings): Promise<PythonEnvironment> {
  // A folder of its own: the installer of a run that was killed may go on writing into its own.
  const folder = join(settings.environmentDir, randomUUID());
  const pip = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '-r', requirementsFile];
  const isolated = join(folder, 'bin', 'python');
  removeLeftovers(settings.environmentDir);
  if (await succeeds(python, ['-m', 'venv', folder], settings.installLogFile)) {
    if (await succeeds(isolated, pip, settings.installLogFile)) {
      return { interpreter: isolated };
    }
  } else {
    // Some systems ship Python without the parts that `venv` needs.
    rmSync(folder, { recursive: true, force: true });
    const packages = join(folder, 'packages');
    if (await succeeds(python, [...pip, '--target', packages], settings.installLogFile)) {
      return { interpreter: python, packages };
    }
  }
  throw new LocalAwsError(
    `MiniStack could not be installed with ${python}. The installer's last lines ` +
      `(all of it: ${settings.installLogFile}):\n${lastLines(settings.installLogFile, 15)}\n` +
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
