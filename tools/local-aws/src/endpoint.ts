import { bootstrap, isBootstrapped } from './bootstrap';
import { assertNoRealCredentials } from './credentials';
import { clientEnvironment } from './environment';
import { LocalAwsError } from './errors';
import { ensureInstalled } from './install';
import { withLock } from './lock';
import { NOT_REAL } from './not-real';
import { assertPortFree } from './ports';
import { isHealthy, removeState, runningServer, type ServerRecord, startServer, stopServer } from './server';
import {
  endpointUrl,
  LOCAL_ACCOUNT,
  LOCAL_REGION,
  type LocalAwsOptions,
  readSettings,
  type Settings,
} from './settings';
import { withoutEffect } from './without-effect';

/** A local AWS endpoint that runs and has CDK bootstrapped in it. */
export interface LocalEndpoint {
  /** For example `http://127.0.0.1:4566`. */
  readonly url: string;
  readonly account: string;
  readonly region: string;
  /** The environment variables that point AWS SDKs and CDK at this endpoint, and at nothing else. */
  readonly env: Record<string, string>;
  /** The file that lists what was deployed without effect (JSON: `{resources: [{stack, logicalId, type, properties}]}`). */
  readonly recordedWithoutEffectFile: string;
  /** What of AWS is not real here, each with why: a verification must not take it for AWS's. */
  readonly notReal: Readonly<Record<string, string>>;
  /** The URL under which a load balancer of this name is asked; its own DNS name leads nowhere. */
  readonly loadBalancerUrl: (name: string) => string;
  /** What to say after a deployment of these stacks: what of them is recorded here and has no effect. */
  readonly closingNotes: (stackNames: readonly string[]) => string[];
}

/** What there is of the local endpoint. */
export interface LocalAwsStatus {
  readonly running: boolean;
  /** Whether the running endpoint answers. */
  readonly healthy: boolean;
  readonly url?: string;
  readonly pid?: number;
  /** When it was started, ISO 8601. */
  readonly since?: string;
  readonly home: string;
  readonly logFile: string;
}

/**
 * Installs, starts and bootstraps the local endpoint, whatever of that is still to do; returns at once when it runs.
 * @throws LocalAwsError for real credentials in the environment, a port in use, no suitable Python, a failed
 * installation or start: one message, with what to do
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalEndpoint> {
  assertNoRealCredentials(process.env);
  const settings = readSettings(options);
  const log = options.log ?? (() => undefined);
  const running = runningServer(settings);
  if (running?.port === settings.port && (await isHealthy(running.port)) && (await isBootstrapped(settings))) {
    return describe(settings);
  }
  return withLock(settings.lockFile, async () => {
    if (!(await isUsable(settings, log))) {
      await assertPortFree(settings.port);
      const python = await ensureInstalled(settings, log);
      const { record, restored } = await startServer(settings, python);
      log(`local AWS endpoint started: ${settings.url} (process ${record.pid}${restored ? ', state restored' : ''})`);
    }
    const endpoint = describe(settings);
    if (!(await isBootstrapped(settings))) {
      log('bootstrapping CDK in it …');
      await bootstrap(settings, endpoint.env);
    }
    return endpoint;
  });
}

/** Stops the endpoint; what is deployed in it is saved and there again after the next start. */
export async function stopLocalAws(options: LocalAwsOptions = {}): Promise<ServerRecord | undefined> {
  const settings = readSettings(options);
  return withLock(settings.lockFile, () => stopServer(settings));
}

/** Stops the endpoint and forgets everything that was deployed in it. The installation stays. */
export async function resetLocalAws(options: LocalAwsOptions = {}): Promise<void> {
  const settings = readSettings(options);
  await withLock(settings.lockFile, async () => {
    await stopServer(settings);
    removeState(settings);
  });
}

/** Says whether the endpoint runs, and where; changes nothing. */
export async function localAwsStatus(options: LocalAwsOptions = {}): Promise<LocalAwsStatus> {
  const settings = readSettings(options);
  const { home, logFile } = settings;
  const record = runningServer(settings);
  if (!record) {
    return { running: false, healthy: false, home, logFile };
  }
  const { pid, port, since } = record;
  return { running: true, healthy: await isHealthy(port), url: endpointUrl(port), pid, since, home, logFile };
}

/** Whether the endpoint runs on the wanted port and answers; one that runs and does not answer is ended. */
async function isUsable(settings: Settings, log: (line: string) => void): Promise<boolean> {
  const running = runningServer(settings);
  if (!running) {
    return false;
  }
  if (running.port !== settings.port) {
    throw new LocalAwsError(
      `The local endpoint runs on port ${running.port} (process ${running.pid}), and port ${settings.port} is asked for. ` +
        `Set LOCAL_AWS_PORT=${running.port}, or stop it first: npx nx run local-aws:stop`,
    );
  }
  if (await isHealthy(running.port)) {
    return true;
  }
  log(`the local endpoint (process ${running.pid}) does not answer and is ended`);
  await stopServer(settings);
  return false;
}

function describe(settings: Settings): LocalEndpoint {
  return {
    url: settings.url,
    account: LOCAL_ACCOUNT,
    region: LOCAL_REGION,
    env: clientEnvironment(settings),
    recordedWithoutEffectFile: settings.effectsFile,
    notReal: NOT_REAL,
    loadBalancerUrl: (name) => `${settings.url}/_alb/${name}`,
    closingNotes: (stackNames) => withoutEffect(settings.effectsFile, stackNames),
  };
}
