import { PropsValidation } from '@v3-backend/core';
import { Duration, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { PostgresDatabaseProps } from './postgres-database-props';

/** RDS accepts a limit that is so many times the storage, or more. */
const LEAST_GROWTH = 1.1;
const MAX_STORAGE_GIB = 65536;

/** What a database is created from, every choice made. */
export interface PostgresSettings extends Required<
  Omit<PostgresDatabaseProps, 'vpc' | 'securityGroup' | 'maxAllocatedStorage'>
> {
  /** Undefined where storage does not grow. */
  readonly maxAllocatedStorage?: number;
}

/**
 * Fills in what is not given, and checks the result.
 *
 * @throws with every problem in one error.
 */
export function resolvePostgresSettings(scope: Construct, props: PostgresDatabaseProps): PostgresSettings {
  const instanceType = props.instanceType ?? new ec2.InstanceType('t4g.micro');
  const allocatedStorage = props.allocatedStorage ?? 20;
  const maxAllocatedStorage = props.maxAllocatedStorage ?? Math.min(5 * allocatedStorage, MAX_STORAGE_GIB);
  const settings: PostgresSettings = {
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
    performanceInsights: props.performanceInsights ?? !isSmallBurstable(instanceType),
    protect: props.protect ?? true,
  };
  validate(scope, settings);
  return settings;
}

function isSmallBurstable(instanceType: ec2.InstanceType): boolean {
  return /^t\d\w*\.(nano|micro|small)$/.test(instanceType.toString());
}

function validate(scope: Construct, settings: PostgresSettings): void {
  const { allocatedStorage, maxAllocatedStorage, majorVersion, port } = settings;
  const validation = new PropsValidation(scope);
  validation.matches('majorVersion', '1[4-8]', 'a PostgreSQL major version, "14" to "18"', majorVersion);
  validation.inRange('port', 1150, 65535, port);
  validation.inRange('allocatedStorage', 20, MAX_STORAGE_GIB, allocatedStorage);
  validation.inRange('maxAllocatedStorage', 20, MAX_STORAGE_GIB, maxAllocatedStorage);
  const known = !Token.isUnresolved(allocatedStorage) && !Token.isUnresolved(maxAllocatedStorage);
  validation.holds(
    !known || maxAllocatedStorage === undefined || maxAllocatedStorage >= LEAST_GROWTH * allocatedStorage,
    `maxAllocatedStorage must be 10 % or more above allocatedStorage (${allocatedStorage}), or equal to it to never ` +
      `grow, got ${maxAllocatedStorage}`,
  );
  const identifier = 'a letter, then letters, digits and "_", 63 characters at most';
  validation.matches('databaseName', '[a-zA-Z][a-zA-Z0-9_]{0,62}', identifier, settings.databaseName);
  validation.matches('username', '[a-zA-Z][a-zA-Z0-9_]{0,62}', identifier, settings.username);
  validation.holds(
    !/^(admin|rdsadmin|rds_.*|pg_.*)$/i.test(settings.username),
    `username must not be one that PostgreSQL or RDS reserves, got "${settings.username}"; use e.g. "postgres"`,
  );
  validation.holds(
    settings.parameters['rds.force_ssl'] === '1',
    `parameters must leave rds.force_ssl at 1, got ${settings.parameters['rds.force_ssl']}: the password would travel in clear`,
  );
  validateBackups(validation, settings);
  validation.throwIfInvalid();
}

function validateBackups(validation: PropsValidation, { backupRetention, protect }: PostgresSettings): void {
  if (Token.isUnresolved(backupRetention)) return;
  const days = backupRetention.toDays({ integral: false });
  validation.inRange('backupRetention in days', 0, 35, days);
  validation.holds(
    !protect || days > 0,
    'backupRetention must be 1 day or more where protect is true, got 0; keep backups or set protect to false',
  );
}
