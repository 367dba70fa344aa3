import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { readSecrets } from './task-role-statements';

/** Part of the package; the same path from `src` and from `lib`. */
const CODE = join(__dirname, '..', 'lambda', 'database-url-refresher');

interface DatabaseUrlRefresherProps {
  readonly credentialsSecret: ISecret;
  readonly databaseUrlSecret: ISecret;
  /** What follows user and password in the URL. */
  readonly address: string;
}

/**
 * Writes DATABASE_URL anew after a rotation of the credentials, and publishes on the default event bus that it did.
 *
 * Secrets Manager tells of a rotation by way of CloudTrail, which needs a trail in the account, and delivers events once
 * or not at all; so the function also looks by itself every few minutes.
 */
export class DatabaseUrlRefresher extends Construct {
  constructor(scope: Construct, id: string, props: DatabaseUrlRefresherProps) {
    super(scope, id);
    const refresher = this.createFunction(props);
    const target = new targets.LambdaFunction(refresher);
    new events.Rule(this, 'Rotated', {
      description: 'The credentials of the database were rotated',
      eventPattern: {
        source: ['aws.secretsmanager'],
        detailType: ['AWS Service Event via CloudTrail'],
        detail: {
          eventName: ['RotationSucceeded'],
          additionalEventData: { SecretId: [props.credentialsSecret.secretArn] },
        },
      },
      targets: [target],
    });
    new events.Rule(this, 'Regularly', {
      description: 'Whether DATABASE_URL has the credentials of the database',
      schedule: events.Schedule.rate(Duration.minutes(5)),
      targets: [target],
    });
  }

  private createFunction({
    credentialsSecret,
    databaseUrlSecret,
    address,
  }: DatabaseUrlRefresherProps): lambda.Function {
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', {
      description: 'With which DATABASE_URL is written anew',
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    for (const statement of readSecrets(this, [credentialsSecret, databaseUrlSecret])) role.addToPolicy(statement);
    role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'WriteDatabaseUrl',
        actions: ['secretsmanager:PutSecretValue'],
        resources: [databaseUrlSecret.secretArn],
      }),
    );
    return new lambda.Function(this, 'Function', {
      description: 'Writes DATABASE_URL anew after a rotation of the credentials',
      code: lambda.Code.fromAsset(CODE),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 256,
      timeout: Duration.seconds(30),
      role,
      logGroup,
      environment: {
        CREDENTIALS_SECRET_ARN: credentialsSecret.secretArn,
        DATABASE_URL_SECRET_ARN: databaseUrlSecret.secretArn,
        DATABASE_ADDRESS: address,
      },
      onSuccess: new destinations.EventBridgeDestination(
        // Named, so that the permission is for this bus instead of all.
        events.EventBus.fromEventBusName(this, 'DefaultBus', 'default'),
      ),
    });
  }
}
