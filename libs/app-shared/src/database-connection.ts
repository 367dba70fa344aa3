import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** How a client makes sure of the server it connects to. The connection is encrypted either way. */
export enum DatabaseSslMode {
  /** It takes any certificate. */
  REQUIRE = 'require',
  /** It takes a certificate of an authority that it trusts, for the server's name. */
  VERIFY_FULL = 'verify-full',
}

/** How a PostgreSQL database is reached. */
export interface DatabaseConnection {
  /** Host name of the database, or of the proxy in front of it. */
  readonly host: string;
  /** Port of the database; a string, as CloudFormation and SSM give it. */
  readonly port: string;
  /** Name of the database. */
  readonly databaseName: string;
  /**
   * Secret with the JSON fields `username` and `password`. Both are put into a URL as they are, so they must consist of
   * characters that need no escaping there.
   */
  readonly credentialsSecret: ISecret;
  /**
   * How a client makes sure of the server.
   *
   * @default DatabaseSslMode.REQUIRE
   */
  readonly sslMode?: DatabaseSslMode;
  /**
   * File in the image with the certificates to trust, e.g. `/etc/ssl/rds/global-bundle.pem`, or `system` for those of the
   * operating system, which an RDS Proxy's are among. Clients of libpq need it where `sslMode` is `VERIFY_FULL`.
   *
   * @default - the URL names none
   */
  readonly sslRootCertificate?: string;
}

/** A user of the database that logs in with a token of IAM instead of a password. */
export interface DatabaseIamUser {
  /** Resource id of the instance, e.g. `db-ABCDEFGHIJKLMNOP`. */
  readonly resourceId: string;
  /** Name of the user, which has the role `rds_iam` in the database. */
  readonly username: string;
}
