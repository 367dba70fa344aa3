import type { Duration } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/** Properties of a `LogForwarder`. */
export interface LogForwarderProps {
  /**
   * What is forwarded: log group by service name, in camel or kebab case. The name becomes the label `service`.
   *
   * The function's own log group is none of them and must not be subscribed to it: that would be a loop.
   */
  readonly logGroups: { [service: string]: logs.ILogGroup };

  /** Loki's push URL, e.g. `https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push`; http for loopback only. */
  readonly lokiUrl: string;

  /**
   * JSON with `username` and `apiKey`. The function reads it when it runs; only the ARN is in its configuration.
   * An import needs the complete ARN.
   */
  readonly credentialsSecret: secretsmanager.ISecret;

  /**
   * Labels of every stream, e.g. `{ environment: 'staging' }`.
   *
   * @default - none
   */
  readonly labels?: { [name: string]: string };

  /**
   * Which properties of the events become labels too: `log_group`, `log_stream`, `owner`. Each value is a stream of its
   * own in Loki, so that `log_stream`, which is new with every task, soon makes too many.
   *
   * @default ['log_group']
   */
  readonly eventLabels?: string[];

  /**
   * Which events are forwarded, in CloudWatch Logs' filter syntax.
   *
   * @default '' - all
   */
  readonly filterPattern?: string;

  /**
   * Which events of single services are forwarded, e.g. `{ worker: ['ERROR', 'WARN'] }`: those that match one of the
   * patterns, up to five. Patterns should exclude each other, as an event that matches two is forwarded twice.
   *
   * Five is also the quota of a log group, which other subscriptions count against.
   *
   * @default - `filterPattern` for every service
   */
  readonly serviceFilterPatterns?: { [service: string]: string[] };

  /**
   * The longest body of a push request before compression, in KiB: 64 to 4096. What is more is sent in several.
   *
   * @default 1024 - Loki accepts 4096 by default
   */
  readonly maxRequestKiB?: number;

  /**
   * The longest line, in KiB: 1 to 1024, and half of `maxRequestKiB` at most. What is longer is cut, and says so.
   *
   * @default 256 - as long as Loki accepts by default
   */
  readonly maxLineKiB?: number;

  /**
   * How long one invocation may take, retries included: 10 seconds to 15 minutes.
   *
   * @default Duration.minutes(1)
   */
  readonly timeout?: Duration;

  /**
   * Memory of the function, in MiB: 128 to 10240.
   *
   * @default 256
   */
  readonly memoryMiB?: number;

  /**
   * How long the function's own logs are kept.
   *
   * @default logs.RetentionDays.TWO_WEEKS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Whether the dead-letter queue and the function's own logs outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}
