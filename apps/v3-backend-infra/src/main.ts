import { loadEnvironmentConfig } from '@v3-backend-infra/config';
import { App } from 'aws-cdk-lib';
import { composeBackend } from './backend';

/** Synthesizes the stacks of one environment, named by the context value `environment`. */
function main(): void {
  const app = new App();
  const environment: unknown = app.node.tryGetContext('environment');
  if (typeof environment !== 'string') {
    throw new Error('No environment given. Pass one, e.g. --context environment=development.');
  }
  composeBackend(app, loadEnvironmentConfig(environment));
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
