import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { composeAccount } from '../src/account';
import { type EnvironmentConfig, loadEnvironmentConfig } from '@v3-backend-infra/config';

export const CDK_JSON = readJson('../cdk.json');
/** The backend's, whose deploys the role is for. */
export const BACKEND_CDK_JSON = readJson('../../v3-backend-infra/cdk.json');

interface CdkJson {
  readonly context: Readonly<Record<string, unknown>>;
  readonly nxCdk: {
    readonly stackName: string;
    readonly state: string;
    readonly targetPrefix?: string;
    readonly environments: Readonly<Record<string, { readonly environment: string; readonly endpoint?: string }>>;
  };
}

/** The app of one environment, not yet synthesized. */
export function accountApp(environment: string, changes: Partial<EnvironmentConfig> = {}): App {
  const app = new App({ analyticsReporting: false, context: CDK_JSON.context });
  composeAccount(app, { ...loadEnvironmentConfig(environment), ...changes });
  return app;
}

function readJson(file: string): CdkJson {
  return JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as CdkJson;
}
