import type { Duration } from 'aws-cdk-lib';

/** How an RDS Proxy pools connections. */
export interface PostgresProxyOptions {
  /**
   * How much of the database's `max_connections` the proxy may use, in percent, 1 to 100.
   *
   * @default 90 - the rest is for migrations, rotation and people
   */
  readonly maxConnectionsPercent?: number;

  /**
   * How long a client waits for a connection, in whole seconds, 5 minutes at most.
   *
   * @default Duration.minutes(2)
   */
  readonly connectionBorrowTimeout?: Duration;

  /**
   * After how long an idle client is cut off, in whole seconds, 8 hours at most.
   *
   * @default Duration.minutes(30)
   */
  readonly idleClientTimeout?: Duration;
}
