import type { BootstrapUse } from '../bootstrap-use';
import { type Check, type Finding, notCheckable, ok, problem } from '../check';

/** Before this version, whoever made a bucket of the bootstrap's name first got the account's assets (aws-cdk#31885). */
const SAFE = 21;

/** The place is bootstrapped, with the app's qualifier, and well enough. */
export const bootstrapVersion: Check = {
  name: 'bootstrap',
  run: ({ bootstraps, facts }) =>
    Promise.all(
      bootstraps.map(async (use) =>
        use.version
          ? judgeVersion(use, await facts.parameter(use.region, use.version.parameter))
          : notCheckable(`the stacks in ${use.region} say of no bootstrap that they need it`),
      ),
    ),
};

export function judgeVersion({ account, region, qualifier, version }: BootstrapUse, deployed?: string): Finding {
  const place = `aws://${account}/${region}`;
  const command = `npx cdk bootstrap ${place}${qualifier === undefined ? '' : ` --qualifier ${qualifier}`}`;
  if (deployed === undefined) {
    return problem(`${place} has none with the qualifier ${qualifier} (no parameter ${version?.parameter})`, command);
  }
  const least = Math.max(version?.needed ?? 0, SAFE);
  const text = `${place} has version ${deployed}, with the qualifier ${qualifier}`;
  return Number(deployed) >= least ? ok(text) : problem(`${text}; ${least} is needed`, command);
}
