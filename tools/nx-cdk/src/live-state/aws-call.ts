import type { STSClient } from '@aws-sdk/client-sts';

/** A call of an AWS API. */
export interface AwsCall {
  /** E.g. `CloudFormation`. */
  readonly service: string;
  /** E.g. `DescribeStacks`. */
  readonly action: string;
  readonly region?: string;
}

/** Told when a call failed in a way that passes, and is about to be repeated. */
export type RetryListener = (call: AwsCall, error: unknown) => void;

/** A call as people read it, e.g. `CloudFormation DescribeStacks in eu-west-1`. */
export const nameOfCall = ({ service, action, region }: AwsCall) =>
  `${service} ${action}${region === undefined ? '' : ` in ${region}`}`;

const calls = new WeakMap<object, AwsCall>();

/** The call that failed with an error, where it is known. */
export function callOf(error: unknown): AwsCall | undefined {
  return typeof error === 'object' && error !== null ? calls.get(error) : undefined;
}

/** Remembers of an error which call failed with it. */
export function rememberCall(error: unknown, call: AwsCall): void {
  if (typeof error === 'object' && error !== null) calls.set(error, call);
}

type Plugin = Parameters<STSClient['middlewareStack']['use']>[0];

/** A plugin for a client of the SDK: errors know their call, and whoever listens hears of every attempt that is repeated. */
export function watchCalls(region: string, onRetry: RetryListener): Plugin {
  return {
    applyToStack: (stack) =>
      stack.add(
        (next, context) => async (args) => {
          try {
            return await next(args);
          } catch (error) {
            const call = {
              service: String(context.clientName).replace(/Client$/, ''),
              action: String(context.commandName).replace(/Command$/, ''),
              region,
            };
            rememberCall(error, call);
            if (isPassing(error) && attemptsLeft(args.request)) onRetry(call, error);
            throw error;
          }
        },
        // Within what the SDK repeats.
        { step: 'finalizeRequest', name: 'watchCalls', priority: 'low' },
      ),
  };
}

/** Whether AWS refuses because there were too many requests. */
export function isThrottled(error: unknown): boolean {
  const { name, $metadata } = error as { name?: unknown; $metadata?: { httpStatusCode?: number } };
  return THROTTLED.test(String(name)) || $metadata?.httpStatusCode === 429;
}

const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|RequestThrottled|RequestThrottledException|SlowDown|PriorRequestNotComplete)$/;

/** Connections that broke, and servers that could not answer. */
const TRANSIENT = /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|TimeoutError|RequestTimeout)$/;

/** Whether the same request may well succeed in a moment. */
export function isPassing(error: unknown): boolean {
  const { name, code, $metadata } = error as {
    name?: unknown;
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return isThrottled(error) || status >= 500 || TRANSIENT.test(String(name)) || TRANSIENT.test(String(code));
}

/** The SDK numbers its attempts in a header: `attempt=1; max=8`. */
function attemptsLeft(request: unknown): boolean {
  const { headers = {} } = request as { headers?: Record<string, string> };
  const [, attempt, max] = /attempt=(\d+); max=(\d+)/.exec(headers['amz-sdk-request'] ?? '') ?? [];
  return Number(attempt) < Number(max);
}
