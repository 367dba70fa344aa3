import { LocalAwsError } from './errors';

const REFUSED = [
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];
/** The access key the local endpoint takes. */
export const LOCAL_ACCESS_KEY = 'test';

/**
 * Refuses an environment that could send something meant for the local endpoint to AWS.
 * @param env the environment to look at, usually `process.env`
 * @throws LocalAwsError naming every variable that stands in the way; never their values
 */
export function assertNoRealCredentials(env: NodeJS.ProcessEnv): void {
  const problems = REFUSED.filter((name) => env[name]).map((name) => `${name} is set`);
  if (env.AWS_ACCESS_KEY_ID && env.AWS_ACCESS_KEY_ID !== LOCAL_ACCESS_KEY) {
    problems.push(`AWS_ACCESS_KEY_ID is set to something other than "${LOCAL_ACCESS_KEY}"`);
  }
  for (const [name, value] of Object.entries(env)) {
    if (/^AWS_ENDPOINT_URL(_|$)/.test(name) && value && !isLoopback(value)) {
      problems.push(`${name} does not point at this machine (allowed: 127.0.0.1, [::1], localhost)`);
    }
  }
  if (problems.length > 0) {
    const names = problems.map((problem) => problem.split(' ')[0]);
    throw new LocalAwsError(
      'The local endpoint is not used while AWS credentials or endpoints are in the environment:\n' +
        problems.map((problem) => `  - ${problem}`).join('\n') +
        `\nNothing was changed. Unset them for this command: env ${names.map((name) => `-u ${name}`).join(' ')} <command>`,
    );
  }
}

function isLoopback(url: string): boolean {
  try {
    const { hostname } = new URL(url);
    return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
  } catch {
    return false;
  }
}
