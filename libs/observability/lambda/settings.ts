/** What the function is told through its environment; the construct `LogForwarder` writes it. */
export interface Settings {
  /** Loki push URL. */
  readonly lokiUrl: string;
  /** ARN of the secret with `username` and `apiKey`. */
  readonly credentialsSecretArn: string;
  /** Labels of every stream. */
  readonly labels: Readonly<Record<string, string>>;
  /** Which properties of the event become labels too: any other would make too many streams. */
  readonly eventLabels: readonly EventLabel[];
  /** Log group name by service name. */
  readonly logGroups: Readonly<Record<string, string>>;
  /** The longest body of a request, in bytes before compression. */
  readonly maxRequestBytes: number;
  /** The longest line; what is longer is cut. */
  readonly maxLineBytes: number;
  /** The function's own log group, which Lambda tells it. */
  readonly ownLogGroup: string | undefined;
}

export type EventLabel = 'log_group' | 'log_stream' | 'owner';

const REQUIRED = [
  'LOKI_URL',
  'CREDENTIALS_SECRET_ARN',
  'LABELS',
  'EVENT_LABELS',
  'LOG_GROUPS',
  'MAX_REQUEST_BYTES',
  'MAX_LINE_BYTES',
];

/** @throws when a variable is missing or is not what it should be. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const missing = REQUIRED.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`The function's environment lacks ${missing.join(', ')}.`);
  return {
    lokiUrl: env['LOKI_URL']!,
    credentialsSecretArn: env['CREDENTIALS_SECRET_ARN']!,
    labels: JSON.parse(env['LABELS']!),
    eventLabels: JSON.parse(env['EVENT_LABELS']!),
    logGroups: JSON.parse(env['LOG_GROUPS']!),
    maxRequestBytes: Number(env['MAX_REQUEST_BYTES']!),
    maxLineBytes: Number(env['MAX_LINE_BYTES']!),
    ownLogGroup: env['AWS_LAMBDA_LOG_GROUP_NAME'],
  };
}
