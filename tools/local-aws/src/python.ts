import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LocalAwsError } from './errors';

const run = promisify(execFile);
/** The oldest Python that everything installed here runs on. */
const MINIMUM = [3, 10] as const;
const CANDIDATES = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const PRINT_VERSION =
  'import sys; print("%d.%d.%d" % sys.version_info[:3]); print(getattr(sys, "_base_executable", sys.executable))';

/** A Python interpreter that is new enough. */
export interface Python {
  /** The interpreter itself, not a shim that may mean another version tomorrow. */
  readonly path: string;
  /** For example `3.11.7`. */
  readonly version: string;
}

/**
 * Finds Python 3.10 or newer: `LOCAL_AWS_PYTHON` when it is set (and then nothing else), else the usual names on PATH.
 * @param what it is for, as the message of the error names it
 * @throws LocalAwsError saying what was found instead
 */
export async function findPython(what: string, env: NodeJS.ProcessEnv = process.env): Promise<Python> {
  const candidates = env.LOCAL_AWS_PYTHON ? [env.LOCAL_AWS_PYTHON] : CANDIDATES;
  const unsuitable: string[] = [];
  for (const candidate of candidates) {
    const found = await inspect(candidate, env);
    if (typeof found === 'string') {
      unsuitable.push(`${candidate}: ${found}`);
    } else if (isNewEnough(found.version)) {
      return found;
    } else {
      unsuitable.push(`${candidate}: version ${found.version}`);
    }
  }
  throw new LocalAwsError(
    `${what} needs Python ${MINIMUM.join('.')} or newer. Found:\n` +
      unsuitable.map((line) => `  - ${line}`).join('\n') +
      '\nInstall a newer Python, or set LOCAL_AWS_PYTHON to the path of one.',
  );
}

async function inspect(candidate: string, env: NodeJS.ProcessEnv): Promise<Python | string> {
  try {
    const { stdout } = await run(candidate, ['-c', PRINT_VERSION], { env, timeout: 20_000 });
    const [version, path] = stdout.trim().split('\n');
    return version && /^\d+\.\d+\.\d+$/.test(version) ? { version, path: path || candidate } : 'is not a Python';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'not found' : 'does not run';
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}
