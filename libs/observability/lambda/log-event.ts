import { gunzipSync } from 'node:zlib';

/** What CloudWatch Logs sends to a subscription's destination: base64 of gzip of JSON. */
export interface SubscriptionEvent {
  readonly awslogs: { readonly data: string };
}

/** One log stream's events, oldest first as a rule, but not guaranteed. */
export interface LogBatch {
  readonly messageType: 'DATA_MESSAGE' | 'CONTROL_MESSAGE';
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly logEvents: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
}

/** @throws when the event is not one of a subscription filter. */
export function decode(event: SubscriptionEvent): LogBatch {
  const data = event?.awslogs?.data;
  if (typeof data !== 'string')
    throw new Error('The event is not from a CloudWatch Logs subscription: no awslogs.data.');
  return JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8'));
}
