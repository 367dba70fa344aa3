import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What the module that an environment names as its `endpoint` has to export as `startLocalAws`. */
export type StartEndpoint = (options: {
  readonly workspaceRoot: string;
  readonly log: (line: string) => void;
}) => Promise<Partial<Endpoint> & { readonly url: string; readonly env: Readonly<Record<string, string>> }>;

/** A local endpoint that was started. */
export interface Endpoint {
  readonly url: string;
  readonly closingNotes: ClosingNotes;
}

/** What an endpoint has to say of stacks that were just deployed to it, line by line. */
export type ClosingNotes = (stackNames: readonly string[]) => readonly string[];

/** Variables by which the SDK would find other credentials, or another endpoint, than those of the local one. */
const CREDENTIALS =
  /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|CREDENTIAL_EXPIRATION|PROFILE|DEFAULT_PROFILE|ROLE_ARN|ROLE_SESSION_NAME|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*|ENDPOINT_URL(_.*)?)$/;

/**
 * Starts an environment's local endpoint, if it has one, and points this process at it and nowhere else.
 *
 * Must be called before the first SDK client is made.
 *
 * @param module name of the module, resolved from the workspace's root.
 * @throws what the module throws, or when it is not such a module.
 */
export async function useEndpoint(
  module: string,
  workspaceRoot: string,
  log: (line: string) => void,
): Promise<Endpoint> {
  const require = createRequire(join(workspaceRoot, 'package.json'));
  const file = require.resolve(module);
  const forgetTypeScript = /\.[cm]?ts$/.test(file) ? await understandTypeScript(workspaceRoot) : undefined;
  let started: Awaited<ReturnType<StartEndpoint>>;
  try {
    const { startLocalAws } = require(file) as { startLocalAws?: StartEndpoint };
    if (typeof startLocalAws !== 'function') {
      throw new Error(`The endpoint module ${module} does not export a function startLocalAws.`);
    }
    started = await startLocalAws({ workspaceRoot, log });
  } finally {
    forgetTypeScript?.();
  }
  const { url, env, closingNotes = () => [] } = started;
  if (env['AWS_ENDPOINT_URL'] === undefined) {
    throw new Error(`The endpoint module ${module} started ${url}, but its env has no AWS_ENDPOINT_URL.`);
  }
  for (const name of Object.keys(process.env)) {
    if (CREDENTIALS.test(name)) delete process.env[name];
  }
  Object.assign(process.env, env);
  return { url, closingNotes };
}

/** A module of the workspace itself may be TypeScript; Nx knows how to load it, but only does so for plugins. */
async function understandTypeScript(workspaceRoot: string): Promise<() => void> {
  const { registerTsProject } = await import('@nx/devkit/internal');
  const files = ['tsconfig.base.json', 'tsconfig.json'].map((name) => join(workspaceRoot, name));
  return registerTsProject(files.find((file) => existsSync(file)) ?? files[0]!);
}
