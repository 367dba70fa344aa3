import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ECSClient } from '@aws-sdk/client-ecs';
import { createIsComplete } from './completion';
import { createOnEvent } from './start';

// A poll that fails ends the deployment, so throttling is waited out for longer than the SDK’s three attempts.
const ecs = new ECSClient({ maxAttempts: 8 });
const cloudFormation = new CloudFormationClient({ maxAttempts: 8 });

/** Entry points of the two functions, as CDK’s provider framework calls them. */
export const onEvent = createOnEvent({ ecs, cloudFormation, sleep: async (ms) => sleep(ms), now: Date.now });
export const isComplete = createIsComplete({ ecs, now: Date.now });
