import { type Check, type Finding, ok, problem } from '../check';

/** The roles of the bootstrap can be taken by whoever runs this. */
export const bootstrapRoles: Check = {
  name: 'bootstrap roles',
  notReal: 'the endpoint lets everybody take every role',
  run: async ({ bootstraps, facts }) => {
    const { arn: who } = await facts.identity();
    return Promise.all(
      bootstraps.flatMap(({ region, roles }) =>
        roles.map(async (arn): Promise<Finding> => {
          if (await facts.mayAssume(region, arn)) return ok(`may assume ${nameOf(arn)}`);
          return problem(
            `${who} may not assume ${nameOf(arn)}, or there is no such role`,
            `Allow sts:AssumeRole on ${arn}. If its trust policy does not admit the account, bootstrap again, ` +
              'with --trust when it is another account’s.',
          );
        }),
      ),
    );
  },
};

const nameOf = (arn: string) => arn.replace(/^.*:role\//, '');
