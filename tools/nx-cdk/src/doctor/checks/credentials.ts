import { explainError } from '../../live-state/explain-error';
import type { Identity } from '../../live-state/live-state';
import { type Check, ok, problem } from '../check';

/** Less is not enough for a first deploy, with a database and a load balancer. */
const ENOUGH_MS = 60 * 60_000;

/** The credentials are the environment's, and last. */
export const credentials: Check = {
  name: 'credentials',
  notReal: 'the endpoint takes any credentials',
  run: async ({ facts, environment, stacks }) => {
    let identity: Identity;
    try {
      identity = await facts.identity();
    } catch (error) {
      return [problem(explainError(error), 'Log in, e.g. aws sso login, or give this process credentials.')];
    }
    const accounts = [...new Set(stacks.map(({ account }) => account))];
    const others = accounts.filter((account) => account !== identity.account);
    const whose = `account ${identity.account} (${identity.arn})`;
    return [
      others.length === 0
        ? ok(`for ${whose}`)
        : problem(
            `for ${whose}, but ${environment} is in account ${others.join(', ')}`,
            'Log in to that account, or choose another environment.',
          ),
      ...expiry(identity.expiration, Date.now()),
    ];
  },
};

/** What is known of the end of credentials: only those in environment variables tell, others are renewed by the SDK. */
export function expiry(expiration: Date | undefined, now: number) {
  if (expiration === undefined) return [];
  const left = expiration.getTime() - now;
  const text = `they expire at ${expiration.toISOString()}, in ${Math.round(left / 60_000)} minutes`;
  return [left >= ENOUGH_MS ? ok(text) : problem(text, 'Log in again, so that they outlast a deploy.')];
}
