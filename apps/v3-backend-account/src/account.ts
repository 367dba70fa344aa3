import { DeployRoleStack } from '@v3-backend-account/stacks/deploy-role';
import { GithubOidcStack } from '@v3-backend-account/stacks/github-oidc';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import type { App } from 'aws-cdk-lib';

/**
 * Adds what the account of an environment needs before GitHub Actions can deploy the environment.
 *
 * @throws when nobody may deploy it from GitHub.
 */
export function composeAccount(app: App, config: EnvironmentConfig): void {
  const { environment, github } = config;
  if (!github) {
    throw new Error(
      `Nobody may deploy ${environment} from GitHub, so its account needs nothing. To change that, set "github" in ` +
        `apps/v3-backend-infra/config/src/environments/${environment}.ts.`,
    );
  }
  const common = {
    config,
    env: { account: config.account, region: config.region },
    terminationProtection: config.protect,
    tags: { application: 'v3-backend', environment },
  };
  const name = (stack: string) => `v3-backend-account-${environment}-${stack}`;
  const deployRole = new DeployRoleStack(app, name('deploy-role'), { ...common, github });
  if (github.oidcProvider === 'create') {
    deployRole.addStackDependency(new GithubOidcStack(app, name('github-oidc'), common));
  }
}
