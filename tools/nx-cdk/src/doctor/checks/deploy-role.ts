import { type Check, type Finding, ok, problem } from '../check';
import type { TrustPolicy } from '../facts';

const AUDIENCE = 'sts.amazonaws.com';
const PROVIDER = /:oidc-provider\/(.+)$/;

/** The role that a pipeline takes by OpenID Connect exists, and trusts named subjects of a provider that exists. */
export const deployRole: Check = {
  name: 'deploy role',
  notReal: 'the endpoint checks no tokens',
  run: async ({ app, environment, stacks, facts }) => {
    const name = app.config.deployRole?.replaceAll('{environment}', environment);
    if (name === undefined) return [ok('none is configured: nobody deploys from a pipeline')];
    const region = stacks[0]?.region ?? '';
    const trust = await facts.trustOf(region, name);
    if (!trust) {
      return [
        problem(`${name} does not exist`, 'Have an administrator deploy it, or leave deployRole out of cdk.json.'),
      ];
    }
    const providers = trust.Statement.flatMap(({ Principal }) => list(Principal?.Federated)).filter((arn) =>
      PROVIDER.test(arn),
    );
    const audiences = await Promise.all(
      providers.map(async (arn) => judgeProvider(arn, await facts.audiencesOf(region, arn))),
    );
    return [...judgeTrust(name, trust), ...audiences];
  },
};

export function judgeTrust(name: string, { Statement }: TrustPolicy): Finding[] {
  const federated = Statement.filter(({ Principal }) => list(Principal?.Federated).some((arn) => PROVIDER.test(arn)));
  if (federated.length === 0) {
    return [problem(`${name} trusts no OpenID Connect provider`, 'Have an administrator deploy it anew.')];
  }
  return federated.map(({ Principal, Condition }) => {
    const issuer = PROVIDER.exec(list(Principal?.Federated)[0] ?? '')?.[1] ?? '';
    const subjects = list(Condition?.['StringEquals']?.[`${issuer}:sub`]);
    return subjects.length > 0 && list(Condition?.['StringEquals']?.[`${issuer}:aud`]).includes(AUDIENCE)
      ? ok(`${name} trusts ${subjects.join(', ')}`)
      : problem(
          `${name} trusts more of ${issuer} than subjects and an audience that are written out`,
          'Have an administrator limit its trust policy by StringEquals on both.',
        );
  });
}

export function judgeProvider(arn: string, audiences: readonly string[] | undefined): Finding {
  if (audiences?.includes(AUDIENCE)) return ok(`${arn} is for ${AUDIENCE}`);
  return audiences === undefined
    ? problem(`${arn} does not exist`, 'Have an administrator create it.')
    : problem(
        `${arn} is for ${audiences.join(', ') || 'nobody'}`,
        `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id ${AUDIENCE}`,
      );
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
