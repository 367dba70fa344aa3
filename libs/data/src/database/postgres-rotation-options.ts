import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/** How the password is rotated. */
export interface PostgresRotationOptions {
  /**
   * After how long there is a new password, 4 hours to 1000 days.
   *
   * @default Duration.days(30)
   */
  readonly automaticallyAfter?: Duration;

  /**
   * Where the rotating function runs: subnets with a way to the database and to Secrets Manager.
   *
   * @default - the private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Group of the rotating function. It must have access to the database and to Secrets Manager, and to its interface
   * endpoint where there is one: the services' group has.
   *
   * @default - a new group, which may reach the database, and port 443 anywhere
   */
  readonly securityGroup?: ec2.ISecurityGroup;
}
