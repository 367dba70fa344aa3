import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { FederatedPrincipal, type IPrincipal } from 'aws-cdk-lib/aws-iam';

/** Host of GitHub's OIDC issuer, by which IAM names the provider and the claims of its tokens. */
const ISSUER = 'token.actions.githubusercontent.com';

/** The `github` section of an environment. */
export type Github = NonNullable<EnvironmentConfig['github']>;

/**
 * Who may take a role: jobs of the repository that run in the GitHub environment, and nobody else. GitHub lets a job run
 * there only as the environment's protection rules say.
 */
export function trustOf(github: Github, environment: string, account: string): IPrincipal {
  return new FederatedPrincipal(
    `arn:aws:iam::${account}:oidc-provider/${ISSUER}`,
    {
      StringEquals: {
        [`${ISSUER}:aud`]: 'sts.amazonaws.com',
        [`${ISSUER}:sub`]: subjectsOf(github, environment),
      },
    },
    'sts:AssumeRoleWithWebIdentity',
  );
}

/**
 * The subjects of tokens for jobs in a GitHub environment.
 *
 * The one without ids is that of repositories made before 15 July 2026 that did not choose otherwise. Somebody who gets
 * hold of the owner's name later cannot have it: repositories made since then have subjects with ids
 * (https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims).
 */
export function subjectsOf({ repository, ids }: Github, environment: string): string[] {
  const [owner, name] = repository.split('/');
  const byName = `repo:${repository}:environment:${environment}`;
  return ids ? [byName, `repo:${owner}@${ids.owner}/${name}@${ids.repository}:environment:${environment}`] : [byName];
}
