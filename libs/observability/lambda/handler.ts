import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CredentialsSource } from './credentials';
import { decode, type SubscriptionEvent } from './log-event';
import { type Clock, LokiClient } from './loki-client';
import { pushRequests } from './loki-streams';
import type { Settings } from './settings';

export interface Dependencies extends Omit<Clock, 'remainingMs'> {
  readonly secrets: SecretsManagerClient;
}

export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

export type Handler = (event: SubscriptionEvent, context: InvocationContext) => Promise<void>;

/** The function: forwards the log events of one invocation, in order, or fails as a whole. */
export function createHandler(settings: Settings, { secrets, sleep, random }: Dependencies): Handler {
  const loki = new LokiClient(settings.lokiUrl, new CredentialsSource(secrets, settings.credentialsSecretArn));
  return async (event, context) => {
    const batch = decode(event);
    // CloudWatch Logs sends control messages to check that the destination is reachable.
    if (batch.messageType !== 'DATA_MESSAGE') return;
    // Without a word: what it wrote of forwarding its own logs would be to forward, too, and so on for ever.
    if (batch.logGroup === settings.ownLogGroup) return;
    const clock: Clock = { remainingMs: () => context.getRemainingTimeInMillis(), sleep, random };
    const requests = pushRequests(batch, settings);
    for (const request of requests) await loki.push(request, clock);
    const { logGroup, logEvents } = batch;
    console.log(
      JSON.stringify({ message: 'forwarded', logGroup, events: logEvents.length, requests: requests.length }),
    );
  };
}
