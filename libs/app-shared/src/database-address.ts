import type { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import { type DatabaseConnection, DatabaseSslMode } from './database-connection';

export function sslMode(connection: DatabaseConnection): DatabaseSslMode {
  return connection.sslMode ?? DatabaseSslMode.REQUIRE;
}

/** What follows user and password in the URL of a database. */
export function databaseAddress(connection: DatabaseConnection): string {
  const { host, port, databaseName, sslRootCertificate } = connection;
  const trust = sslRootCertificate ? `&sslrootcert=${sslRootCertificate}` : '';
  return `${host}:${port}/${databaseName}?sslmode=${sslMode(connection)}${trust}`;
}

export function validateConnection(validation: PropsValidation, connection: DatabaseConnection): void {
  const { host, port, databaseName, sslRootCertificate } = connection;
  validation.matches('database.host', '[A-Za-z0-9.-]+', 'a host name such as "db.example.com"', host);
  validation.inRange('database.port', 1, 65535, Token.isUnresolved(port) ? undefined : Number(port));
  validation.matches(
    'database.databaseName',
    '[A-Za-z_][A-Za-z0-9_]{0,62}',
    'a PostgreSQL name of letters, digits and "_"',
    databaseName,
  );
  validation.matches(
    'database.sslRootCertificate',
    'system|/[A-Za-z0-9._/-]+',
    'an absolute path of letters, digits, ".", "_", "-" and "/", or "system"',
    sslRootCertificate,
  );
  validation.holds(
    sslRootCertificate === undefined || sslMode(connection) === DatabaseSslMode.VERIFY_FULL,
    'database.sslRootCertificate must be left out where sslMode is not VERIFY_FULL, since nothing is verified against it',
  );
}
