import { setTimeout as sleep } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createHandler } from './handler';
import { readSettings } from './settings';

/** Entry point of the Lambda function. */
export const handler = createHandler(readSettings(process.env), {
  secrets: new SecretsManagerClient({}),
  sleep: async (ms) => sleep(ms),
  random: Math.random,
});
