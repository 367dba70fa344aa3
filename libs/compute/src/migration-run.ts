import { join } from 'node:path';
import { PropsValidation } from '@v3-backend/core';
import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct, Dependable } from 'constructs';
import { MIGRATION } from './private/defaults';
import { migrationStatements } from './private/migration-statements';

/** Bundled by the package's build; the same path from `src` and from `lib`. */
const CODE = join(__dirname, '..', 'assets', 'migration-run');

/** Properties of a `MigrationRun`. */
export interface MigrationRunProps {
  /** The cluster in which the task runs, on demand. */
  readonly cluster: ecs.ICluster;

  /** What the task is. Its default container migrates and then ends: with 0 when it succeeded. */
  readonly taskDefinition: ecs.FargateTaskDefinition;

  /**
   * Where the container's output goes, in streams that start with the container's name, as `MigrationTask` makes them. An
   * error names the stream.
   */
  readonly logGroup: logs.ILogGroup;

  /** The task's security group. */
  readonly securityGroup: ec2.ISecurityGroup;

  /**
   * Subnets of the task.
   *
   * @default - the VPC's private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * After how long the task is stopped and the deployment fails: 1 to 55 minutes. CloudFormation waits for an hour.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;
}

/**
 * Runs a task to its end as a part of the deployment, and fails the deployment when the task fails. What must not be
 * updated before depends on this construct.
 *
 * The task runs when the stack is created and whenever its definition has changed, so for each new image; never on a
 * deletion, and never while CloudFormation rolls back: the schema stays as it was migrated, and so each migration must
 * leave a schema that the former image can work with.
 */
export class MigrationRun extends Construct {
  /** @throws when a prop is out of range. */
  constructor(scope: Construct, id: string, props: MigrationRunProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    const timeout = props.timeout ?? Duration.minutes(MIGRATION.timeoutMinutes);
    validation.inRange('timeout (seconds)', 60, 3300, timeout.toSeconds());
    validation.throwIfInvalid();

    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = this.createRole('Role', logGroup);
    for (const statement of migrationStatements(this, props)) role.addToPolicy(statement);
    const provider = new Provider(this, 'Provider', {
      onEventHandler: this.createFunction('OnEvent', 'index.onEvent', role, logGroup),
      isCompleteHandler: this.createFunction('IsComplete', 'index.isComplete', role, logGroup),
      queryInterval: Duration.seconds(MIGRATION.pollSeconds),
      // The function stops the task and says so before the provider gives up without a reason.
      totalTimeout: Duration.minutes(Math.ceil(timeout.toMinutes({ integral: false })) + 5),
      logGroup,
      frameworkOnEventRole: this.createRole('ProviderRole', logGroup),
      frameworkCompleteAndTimeoutRole: this.createRole('WaiterRole', logGroup),
    });
    const container = props.taskDefinition.defaultContainer!.containerName;
    const run = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::MigrationRun',
      serviceToken: provider.serviceToken,
      properties: {
        Cluster: props.cluster.clusterArn,
        TaskDefinition: props.taskDefinition.taskDefinitionArn,
        Family: props.taskDefinition.family,
        Container: container,
        Subnets: props.cluster.vpc.selectSubnets(props.vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS })
          .subnetIds,
        SecurityGroup: props.securityGroup.securityGroupId,
        LogGroup: props.logGroup.logGroupName,
        TimeoutSeconds: timeout.toSeconds(),
      },
    });
    // Nothing leads from here to the policies that the roles' owner writes; the task needs them to start.
    run.node.addDependency(props.taskDefinition.executionRole!, props.taskDefinition.taskRole);
    // What waits for this construct waits for the run, which needs all the rest.
    Dependable.implement(this, { dependencyRoots: [run] });
  }

  private createFunction(id: string, handler: string, role: iam.IRole, logGroup: logs.ILogGroup): lambda.Function {
    return new lambda.Function(this, id, {
      description: 'Runs the migration before the services are updated',
      code: lambda.Code.fromAsset(CODE),
      handler,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 256,
      timeout: Duration.minutes(5),
      role,
      logGroup,
    });
  }

  /** A role of its own for each function, since the L2's has a managed policy that allows writing to every log group. */
  private createRole(id: string, logGroup: logs.LogGroup): iam.Role {
    const role = new iam.Role(this, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    return role;
  }
}
