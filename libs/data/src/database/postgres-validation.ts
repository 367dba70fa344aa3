import { PropsValidation } from '@v3-backend/core';
import { type Duration, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { validateWindows } from './postgres-windows';
import { MAX_STORAGE_GIB, type PostgresSettings } from './postgres-settings';

/** RDS accepts a limit that is so many times the storage, or more. */
const LEAST_GROWTH = 1.1;
/** From this size on, gp3 storage is striped over four volumes, and its performance can be chosen. */
const LEAST_STRIPED_GIB = 400;
const STRIPED_BASELINE_IOPS = 12000;
const IOPS_PER_MIB = 4;
/** RDS Proxy listens on no other port. */
const PROXY_PORT = 5432;

/** @throws with every problem in one error. */
export function validatePostgresSettings(scope: Construct, settings: PostgresSettings): void {
  const validation = new PropsValidation(scope);
  validation.matches('majorVersion', '1[4-8]', 'a PostgreSQL major version, "14" to "18"', settings.majorVersion);
  validation.inRange('minorVersion', 0, 99, settings.minorVersion);
  validation.matches(
    'snapshotIdentifier',
    '(rds:)?[a-zA-Z][a-zA-Z0-9-]{0,254}|arn:.+:snapshot:.+',
    'the name or ARN of a snapshot',
    settings.snapshotIdentifier,
  );
  validateStorage(validation, settings);
  validateIdentity(validation, settings);
  validateBackups(validation, settings);
  validateWindows(validation, settings.backupWindow, settings.maintenanceWindow);
  validateObservation(validation, settings);
  validateProxy(validation, settings);
  const rotationSeconds = seconds(settings.rotation?.automaticallyAfter);
  validation.inRange('rotation.automaticallyAfter in seconds', 4 * 3600, 1000 * 24 * 3600, rotationSeconds);
  validation.throwIfInvalid();
}

function validateStorage(validation: PropsValidation, settings: PostgresSettings): void {
  const { allocatedStorage, maxAllocatedStorage, iops, storageThroughput } = settings;
  validation.inRange('allocatedStorage', 20, MAX_STORAGE_GIB, allocatedStorage);
  validation.inRange('maxAllocatedStorage', 20, MAX_STORAGE_GIB, maxAllocatedStorage);
  validation.holds(
    Token.isUnresolved(allocatedStorage) ||
      Token.isUnresolved(maxAllocatedStorage) ||
      maxAllocatedStorage === undefined ||
      maxAllocatedStorage >= LEAST_GROWTH * allocatedStorage,
    `maxAllocatedStorage must be 10 % or more above allocatedStorage (${allocatedStorage}), or equal to it to never ` +
      `grow, got ${maxAllocatedStorage}`,
  );
  validation.inRange('iops', STRIPED_BASELINE_IOPS, 64000, iops);
  validation.inRange('storageThroughput', 500, 4000, storageThroughput);
  const chosen = iops !== undefined || storageThroughput !== undefined;
  validation.holds(
    !chosen || Token.isUnresolved(allocatedStorage) || allocatedStorage >= LEAST_STRIPED_GIB,
    `iops and storageThroughput must be left out where allocatedStorage is below ${LEAST_STRIPED_GIB} GiB, got ` +
      `${allocatedStorage}: RDS refuses to choose the performance of smaller gp3 storage`,
  );
  const most = (iops ?? STRIPED_BASELINE_IOPS) / IOPS_PER_MIB;
  validation.holds(
    Token.isUnresolved(iops) || Token.isUnresolved(storageThroughput) || (storageThroughput ?? 0) <= most,
    `storageThroughput must be a quarter of iops (${iops ?? STRIPED_BASELINE_IOPS}) at most, ${most}, got ${storageThroughput}`,
  );
}

function validateIdentity(validation: PropsValidation, { port, databaseName, username, parameters }: PostgresSettings) {
  validation.inRange('port', 1150, 65535, port);
  const identifier = 'a letter, then letters, digits and "_", 63 characters at most';
  validation.matches('databaseName', '[a-zA-Z][a-zA-Z0-9_]{0,62}', identifier, databaseName);
  validation.matches('username', '[a-zA-Z][a-zA-Z0-9_]{0,62}', identifier, username);
  validation.holds(
    !/^(admin|rdsadmin|rds_.*|pg_.*)$/i.test(username),
    `username must not be one that PostgreSQL or RDS reserves, got "${username}"; use e.g. "postgres"`,
  );
  validation.holds(
    parameters['rds.force_ssl'] === '1',
    `parameters must leave rds.force_ssl at 1, got ${parameters['rds.force_ssl']}: the password would travel in clear`,
  );
}

function validateBackups(validation: PropsValidation, { backupRetention, protect }: PostgresSettings): void {
  const days = backupRetention.toDays({ integral: false });
  validation.inRange('backupRetention in days', 0, 35, days);
  validation.holds(
    !protect || days > 0,
    'backupRetention must be 1 day or more where protect is true, got 0; keep backups or set protect to false',
  );
}

function validateObservation(validation: PropsValidation, settings: PostgresSettings): void {
  validation.holds(
    !settings.advancedInsights || settings.performanceInsights,
    'advancedInsights must not be true where performanceInsights is false: they are what it keeps; leave that out',
  );
  const interval = seconds(settings.enhancedMonitoringInterval);
  validation.holds(
    interval === undefined || [1, 5, 10, 15, 30, 60].includes(interval),
    `enhancedMonitoringInterval must be 1, 5, 10, 15, 30 or 60 seconds, got ${interval}`,
  );
}

function validateProxy(validation: PropsValidation, { proxy, port, iamAuthentication }: PostgresSettings): void {
  if (!proxy) return;
  validation.inRange('proxy.maxConnectionsPercent', 1, 100, proxy.maxConnectionsPercent);
  validation.inRange('proxy.connectionBorrowTimeout in seconds', 0, 300, seconds(proxy.connectionBorrowTimeout));
  validation.inRange('proxy.idleClientTimeout in seconds', 1, 28800, seconds(proxy.idleClientTimeout));
  validation.holds(
    port === PROXY_PORT,
    `port must be ${PROXY_PORT} where there is a proxy, which listens on no other, got ${port}`,
  );
  validation.holds(
    !iamAuthentication,
    'iamAuthentication must not be true where there is a proxy: it takes either passwords, as in a connection URL, or ' +
      'tokens from all clients; choose one',
  );
}

function seconds(duration?: Duration): number | undefined {
  return duration?.toSeconds({ integral: false });
}
