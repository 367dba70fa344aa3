import { LayerTags, SsmContract } from '@v3-backend/core';
import { PostgresDatabase } from '@v3-backend/data';
import { type INetwork, type ISecurityGroups, Network, SecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';

export interface DatabaseStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The networking stack's network, where stacks refer to each other directly. @default - read from SSM */
  readonly network?: INetwork;
  /** The security stack's groups, where stacks refer to each other directly. @default - read from SSM */
  readonly securityGroups?: ISecurityGroups;
}

/** The PostgreSQL instance, its subnet and parameter groups, and its credentials. */
export class DatabaseStack extends Stack {
  public readonly database: PostgresDatabase;

  constructor(scope: Construct, id: string, props: DatabaseStackProps) {
    super(scope, id, props);
    const { environment, availabilityZones, database, protect } = props.config;
    LayerTags.apply(this, { environment, layer: 'data', ...props.config.ownership });
    const contract = (stack: string) => new SsmContract({ environment, stack });
    const network = props.network ?? Network.fromSsm(this, 'Network', contract('networking'), { availabilityZones });
    const securityGroups = props.securityGroups ?? SecurityGroups.fromSsm(this, 'SecurityGroups', contract('security'));

    this.database = new PostgresDatabase(this, 'Database', {
      vpc: network.vpc,
      securityGroup: securityGroups.databaseSecurityGroup,
      majorVersion: database.majorVersion,
      instanceType: new InstanceType(database.instanceType),
      allocatedStorage: database.allocatedStorageGiB,
      maxAllocatedStorage: database.maxAllocatedStorageGiB,
      multiAz: database.multiAz,
      backupRetention: Duration.days(database.backupRetentionDays),
      databaseName: database.databaseName,
      rotation: database.rotateCredentials ? { securityGroup: securityGroups.ecsSecurityGroup } : undefined,
      protect,
    });
    acknowledgeFindings(this.database, props.config);
    this.database.publish(contract('database'));
  }
}
