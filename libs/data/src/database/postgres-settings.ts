import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { PostgresDatabaseProps } from './postgres-database-props';

export const MAX_STORAGE_GIB = 65536;

type Defaulted =
  | 'majorVersion'
  | 'allowMajorVersionUpgrade'
  | 'instanceType'
  | 'allocatedStorage'
  | 'multiAz'
  | 'backupRetention'
  | 'databaseName'
  | 'username'
  | 'port'
  | 'parameters'
  | 'performanceInsights'
  | 'protect';

/** What a database is created from: what has a default is present, and storage that does not grow has no limit. */
export type PostgresSettings = PostgresDatabaseProps & Required<Pick<PostgresDatabaseProps, Defaulted>>;

/** Fills in what is not given. */
export function resolvePostgresSettings(props: PostgresDatabaseProps): PostgresSettings {
  const instanceType = props.instanceType ?? new ec2.InstanceType('t4g.micro');
  const allocatedStorage = props.allocatedStorage ?? 20;
  const maxAllocatedStorage = props.maxAllocatedStorage ?? Math.min(5 * allocatedStorage, MAX_STORAGE_GIB);
  return {
    ...props,
    majorVersion: props.majorVersion ?? '17',
    allowMajorVersionUpgrade: props.allowMajorVersionUpgrade ?? false,
    instanceType,
    allocatedStorage,
    maxAllocatedStorage: maxAllocatedStorage === allocatedStorage ? undefined : maxAllocatedStorage,
    multiAz: props.multiAz ?? true,
    backupRetention: props.backupRetention ?? Duration.days(7),
    databaseName: props.databaseName ?? 'postgres',
    username: props.username ?? 'postgres',
    port: props.port ?? 5432,
    parameters: { 'rds.force_ssl': '1', ...props.parameters },
    performanceInsights: props.performanceInsights ?? (props.advancedInsights || !isSmallBurstable(instanceType)),
    protect: props.protect ?? true,
  };
}

function isSmallBurstable(instanceType: ec2.InstanceType): boolean {
  return /^t\d\w*\.(nano|micro|small)$/.test(instanceType.toString());
}
