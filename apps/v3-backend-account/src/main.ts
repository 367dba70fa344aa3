import { environments, loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { composeAccount } from './account';
import { providerProblems } from './provider-problems';

/** How nx-cdk names what this app makes for an environment: reports and confirmations are then not the backend's. */
const NAME = /^account-(.+)$/;

/** Synthesizes what the account of one environment needs, named by the context value `environment`. */
function main(): void {
  const app = new App();
  const [, environment] = NAME.exec(String(app.node.tryGetContext('environment'))) ?? [];
  if (environment === undefined) {
    throw new Error('No environment given. Pass one, e.g. --context environment=account-development.');
  }
  const problems = providerProblems(Object.keys(environments).map(loadEnvironmentConfig));
  if (problems.length > 0) throw new Error(problems.map((problem) => `- ${problem}`).join('\n'));
  composeAccount(app, loadEnvironmentConfig(environment));
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
