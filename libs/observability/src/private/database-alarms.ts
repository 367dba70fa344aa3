import { AlarmSeverity } from '../alarm-severity';
import type { DatabaseMonitoringProps } from '../database-monitoring';
import type { AlarmSpec } from './alarms';
import { maxConnections, memoryBytes } from './instance-memory';
import { metric } from './metrics';

const GIB = 1024 ** 3;
/**
 * PostgreSQL refuses to write at about 2 billion; autovacuum begins at 200 million, so that at half it has failed.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Autovacuum.html
 */
const MAX_TRANSACTION_AGE = 1_000_000_000;

export function databaseMetrics(instanceIdentifier: string) {
  const measure = (metricName: string) =>
    metric('AWS/RDS', metricName, { DBInstanceIdentifier: instanceIdentifier }, 'Average');
  return {
    cpu: measure('CPUUtilization'),
    storage: measure('FreeStorageSpace'),
    connections: measure('DatabaseConnections'),
    memory: measure('FreeableMemory'),
    readLatency: measure('ReadLatency'),
    writeLatency: measure('WriteLatency'),
    transactionAge: measure('MaximumUsedTransactionIDs'),
  };
}

export function databaseAlarms(
  props: DatabaseMonitoringProps,
  metrics: ReturnType<typeof databaseMetrics>,
): AlarmSpec[] {
  const memory = props.instanceType && memoryBytes(props.instanceType);
  return [
    {
      ...common('Cpu'),
      metric: metrics.cpu,
      description: 'The database has been short of CPU for 15 minutes.',
      threshold: { above: props.maxCpuPercent ?? 80 },
      periods: 15,
    },
    {
      ...common('StorageLow', 'Storage'),
      metric: metrics.storage,
      description: `Less than 15 % of the database's storage is free. At none, it stops.`,
      threshold: { below: (props.allocatedStorageGiB * GIB * 15) / 100 },
    },
    {
      ...common('StorageAlmostFull', 'Storage'),
      severity: AlarmSeverity.CRITICAL,
      metric: metrics.storage,
      description: `Less than 5 % of the database's storage is free. At none, it stops.`,
      threshold: { below: (props.allocatedStorageGiB * GIB * 5) / 100 },
    },
    {
      ...common('TransactionAge'),
      metric: metrics.transactionAge,
      description: 'Old transactions are not vacuumed away. At two billion, the database refuses to write.',
      threshold: { above: MAX_TRANSACTION_AGE },
    },
    ...(memory === undefined ? [] : memoryAlarms(props, metrics, memory)),
  ];
}

function memoryAlarms(
  { minFreeMemoryPercent = 5 }: DatabaseMonitoringProps,
  metrics: ReturnType<typeof databaseMetrics>,
  memory: number,
): AlarmSpec[] {
  const limit = maxConnections(memory);
  return [
    {
      ...common('Connections'),
      metric: metrics.connections,
      description: `More than 80 % of the ${limit} connections that the database allows are open.`,
      threshold: { above: Math.floor(limit * 0.8) },
    },
    {
      ...common('Memory'),
      metric: metrics.memory,
      description: `Less than ${minFreeMemoryPercent} % of the database's memory is free.`,
      threshold: { below: Math.floor((memory * minFreeMemoryPercent) / 100) },
      periods: 15,
    },
  ];
}

function common(id: string, kind = id) {
  return {
    id,
    kind,
    subject: 'database',
    severity: AlarmSeverity.WARNING,
    periods: 5,
    silence: 'fine' as const,
  };
}
