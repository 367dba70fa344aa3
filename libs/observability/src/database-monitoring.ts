import { PropsValidation } from '@v3-backend/core';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { IMonitoringPart, MonitoredAlarm } from './monitoring-part';
import type { MonitoringPartOptions } from './monitoring-part-options';
import { Alarms } from './private/alarms';
import { databaseAlarms, databaseMetrics } from './private/database-alarms';
import { graph, heading } from './private/widgets';

/** Properties of a `DatabaseMonitoring`. */
export interface DatabaseMonitoringProps extends MonitoringPartOptions {
  /** Identifier of the RDS instance. */
  readonly instanceIdentifier: string;

  /** The storage it was created with, in GiB. */
  readonly allocatedStorageGiB: number;

  /**
   * Its class. How much memory it has, and how many connections PostgreSQL allows, follow from that.
   *
   * @default - connections and memory are shown, but raise no alarm
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The CPU utilization above which it has too little, in percent.
   *
   * @default 80
   */
  readonly maxCpuPercent?: number;

  /**
   * The share of its memory that should be free, in percent. PostgreSQL uses what is free as its cache.
   *
   * @default 5
   */
  readonly minFreeMemoryPercent?: number;
}

/** Watches an RDS for PostgreSQL instance: CPU, storage, connections, memory, age of transactions. */
export class DatabaseMonitoring extends Construct implements IMonitoringPart {
  public readonly alarms: MonitoredAlarm[];
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when a prop or an override is out of range; all problems in one error. */
  constructor(scope: Construct, id: string, props: DatabaseMonitoringProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.inRange('allocatedStorageGiB', 20, 65536, props.allocatedStorageGiB);
    validation.inRange('maxCpuPercent', 1, 100, props.maxCpuPercent);
    validation.inRange('minFreeMemoryPercent', 1, 99, props.minFreeMemoryPercent);

    const metrics = databaseMetrics(props.instanceIdentifier);
    const alarms = new Alarms(this, validation, databaseAlarms(props, metrics), props.alarmOverrides);
    this.alarms = alarms.all;
    this.widgets = [
      heading('Database'),
      graph('CPU, percent', { CPU: metrics.cpu }, alarms.of('Cpu')),
      graph('Storage, bytes', { free: metrics.storage }, alarms.of('Storage')),
      graph('Connections', { open: metrics.connections }, alarms.of('Connections')),
      graph('Memory, bytes', { free: metrics.memory }, alarms.of('Memory')),
      graph('Latency of reads and writes, seconds', { reads: metrics.readLatency, writes: metrics.writeLatency }),
      graph('Age of transactions', { oldest: metrics.transactionAge }, alarms.of('TransactionAge')),
    ];
  }
}
