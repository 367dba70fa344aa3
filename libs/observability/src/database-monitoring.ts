import { PropsValidation } from '@v3-backend/core';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { IMonitoringPart } from './monitoring-part';
import { createAlarm, graph, metric } from './private/alarms';
import { maxConnections } from './private/postgres-connections';

const GIB = 1024 ** 3;

/** Properties of a `DatabaseMonitoring`. */
export interface DatabaseMonitoringProps {
  /** Identifier of the RDS instance. */
  readonly instanceIdentifier: string;

  /** The storage it was created with, in GiB. */
  readonly allocatedStorageGiB: number;

  /**
   * Its class: how many connections PostgreSQL allows depends on the memory.
   *
   * @default - connections are shown, but raise no alarm
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The CPU utilization above which it has too little, in percent.
   *
   * @default 80
   */
  readonly maxCpuPercent?: number;
}

/** Watches an RDS for PostgreSQL instance: CPU, storage, connections. */
export class DatabaseMonitoring extends Construct implements IMonitoringPart {
  public readonly criticalAlarms: cloudwatch.Alarm[];
  public readonly warningAlarms: cloudwatch.Alarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a prop is out of range. */
  constructor(scope: Construct, id: string, props: DatabaseMonitoringProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.inRange('allocatedStorageGiB', 20, 65536, props.allocatedStorageGiB);
    validation.inRange('maxCpuPercent', 1, 100, props.maxCpuPercent);
    validation.throwIfInvalid();

    const measure = (metricName: string) =>
      metric('AWS/RDS', metricName, { DBInstanceIdentifier: props.instanceIdentifier }, 'Average');
    const cpu = measure('CPUUtilization');
    const storage = measure('FreeStorageSpace');
    const connections = measure('DatabaseConnections');
    const busy = createAlarm(this, 'Cpu', {
      metric: cpu,
      description: 'The database has been short of CPU for 15 minutes.',
      above: props.maxCpuPercent ?? 80,
      periods: 15,
      silence: 'fine',
    });
    const free = (id: string, percent: number) =>
      createAlarm(this, id, {
        metric: storage,
        description: `Less than ${percent} % of the database's storage is free. At none, it stops.`,
        below: (props.allocatedStorageGiB * GIB * percent) / 100,
        periods: 5,
        silence: 'fine',
      });
    const [low, almostNone] = [free('StorageLow', 15), free('StorageAlmostFull', 5)];
    const limit = props.instanceType && maxConnections(props.instanceType);
    const crowded = limit === undefined ? [] : [this.connectionsAlarm(connections, limit)];

    this.criticalAlarms = [almostNone];
    this.warningAlarms = [busy, low, ...crowded];
    this.widgets = [
      graph('Database CPU, percent', { CPU: cpu }, [busy]),
      graph('Database storage, bytes', { free: storage }, [low, almostNone]),
      graph('Database connections', { open: connections }, crowded),
    ];
  }

  private connectionsAlarm(connections: cloudwatch.IMetric, limit: number): cloudwatch.Alarm {
    return createAlarm(this, 'Connections', {
      metric: connections,
      description: `More than 80 % of the ${limit} connections that the database allows are open.`,
      above: Math.floor(limit * 0.8),
      periods: 5,
      silence: 'fine',
    });
  }
}
