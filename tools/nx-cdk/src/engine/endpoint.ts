import { useModule } from '../files/use-module';
import type { NotReal } from '../verify/run-checks';

/** What the module that an environment names as its `endpoint` has to export as `startLocalAws`. */
export type StartEndpoint = (options: {
  readonly workspaceRoot: string;
  readonly log: (line: string) => void;
}) => Promise<Partial<Endpoint> & { readonly url: string; readonly env: Readonly<Record<string, string>> }>;

/** A local endpoint that was started. */
export interface Endpoint {
  readonly url: string;
  readonly closingNotes: ClosingNotes;
  /** What of AWS it only pretends, each with why: a verification must not take that for real. */
  readonly notReal: NotReal;
  /** Under which URL a load balancer of this name is asked; left out where it is found by its own DNS name. */
  readonly loadBalancerUrl?: (name: string) => string;
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
  const started = await useModule(module, workspaceRoot, (loaded) => {
    const { startLocalAws } = loaded as { startLocalAws?: StartEndpoint };
    if (typeof startLocalAws !== 'function') {
      throw new Error(`The endpoint module ${module} does not export a function startLocalAws.`);
    }
    return startLocalAws({ workspaceRoot, log });
  });
  const { url, env, closingNotes = () => [], notReal = {}, loadBalancerUrl } = started;
  if (env['AWS_ENDPOINT_URL'] === undefined) {
    throw new Error(`The endpoint module ${module} started ${url}, but its env has no AWS_ENDPOINT_URL.`);
  }
  for (const name of Object.keys(process.env)) {
    if (CREDENTIALS.test(name)) delete process.env[name];
  }
  Object.assign(process.env, env);
  return { url, closingNotes, notReal, loadBalancerUrl };
}
