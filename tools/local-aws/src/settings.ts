import { join, resolve } from 'node:path';
import { LocalAwsError } from './errors';

/** The account of the local endpoint. */
export const LOCAL_ACCOUNT = '123456789012';
/** The region of the local endpoint. */
export const LOCAL_REGION = 'eu-west-1';
const DEFAULT_PORT = 4566;

/** Where everything of one local endpoint is, and the port it listens on. */
export interface Settings {
  readonly workspaceRoot: string;
  /** The folder for state, logs and the Python environment: `LOCAL_AWS_HOME`, else `.local-aws` in the workspace. */
  readonly home: string;
  readonly port: number;
  readonly url: string;
  readonly logFile: string;
  readonly installLogFile: string;
  readonly processFile: string;
  readonly lockFile: string;
  readonly environmentDir: string;
  readonly stateDir: string;
  readonly objectsDir: string;
  readonly effectsFile: string;
}

/** Options of everything this package does. */
export interface LocalAwsOptions {
  /** @default the workspace this package lies in */
  readonly workspaceRoot?: string;
  /**
   * Called with one line for each step that takes time.
   * @default nothing is said
   */
  readonly log?: (line: string) => void;
}

/**
 * Reads the settings from options and environment.
 * @throws LocalAwsError when `LOCAL_AWS_PORT` is not a port
 */
export function readSettings(options: LocalAwsOptions = {}, env: NodeJS.ProcessEnv = process.env): Settings {
  const workspaceRoot = resolve(options.workspaceRoot ?? join(__dirname, '../../..'));
  const home = resolve(workspaceRoot, env.LOCAL_AWS_HOME || '.local-aws');
  const port = readPort(env.LOCAL_AWS_PORT);
  return {
    workspaceRoot,
    home,
    port,
    url: endpointUrl(port),
    logFile: join(home, 'endpoint.log'),
    installLogFile: join(home, 'install.log'),
    processFile: join(home, 'endpoint.json'),
    lockFile: join(home, 'lock'),
    environmentDir: join(home, 'venv'),
    stateDir: join(home, 'state'),
    objectsDir: join(home, 'objects'),
    effectsFile: join(home, 'recorded-without-effect.json'),
  };
}

/** An IP address, not `localhost`: AWS SDKs then address S3 buckets in the path instead of by a host name. */
export function endpointUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function readPort(text: string | undefined): number {
  if (!text) {
    return DEFAULT_PORT;
  }
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1024 || port > 65535) {
    throw new LocalAwsError(
      `LOCAL_AWS_PORT is ${JSON.stringify(text)}; it must be a port between 1024 and 65535 ` +
        `(without it, ${DEFAULT_PORT} is used).`,
    );
  }
  return port;
}
