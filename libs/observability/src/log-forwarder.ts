import { join } from 'node:path';
import type { SsmContract } from '@v3-backend/core';
import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ILogForwarder, LogForwarderAttributes } from './log-forwarder-attributes';
import type { LogForwarderProps } from './log-forwarder-props';
import {
  DEFAULT_EVENT_LABELS,
  DEFAULT_MAX_LINE_KIB,
  DEFAULT_MAX_REQUEST_KIB,
  validateLogForwarder,
} from './private/log-forwarder-validation';
import { mapValues, sortedByName } from './private/named';

/** Bundled by the package's build; the same path from `src` and from `lib`. */
const CODE = join(__dirname, '..', 'assets', 'log-forwarder');

/**
 * Forwards CloudWatch log groups to Grafana Loki: one Lambda function, subscribed to each group, that pushes in order,
 * retries while Loki is overloaded, and in the end keeps what it could not forward in a dead-letter queue.
 */
export class LogForwarder extends Construct implements ILogForwarder {
  /** A log forwarder of another stack, by its attributes. */
  public static fromLogForwarderAttributes(
    _scope: Construct,
    _id: string,
    attributes: LogForwarderAttributes,
  ): ILogForwarder {
    return attributes;
  }

  /** A log forwarder of another stack, by what that publishes. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): ILogForwarder {
    const read = (key: string) => contract.read(scope, key);
    return LogForwarder.fromLogForwarderAttributes(scope, id, {
      functionName: read('functionName'),
      functionArn: read('functionArn'),
      logGroupName: read('logGroupName'),
      deadLetterQueueUrl: read('deadLetterQueueUrl'),
      deadLetterQueueArn: read('deadLetterQueueArn'),
      deadLetterQueueName: read('deadLetterQueueName'),
    });
  }

  /** The function. */
  public readonly forwarderFunction: lambda.IFunction;
  /** The events that could not be forwarded, for 14 days. */
  public readonly deadLetterQueue: sqs.IQueue;
  public readonly functionName: string;
  public readonly functionArn: string;
  public readonly logGroupName: string;
  public readonly deadLetterQueueUrl: string;
  public readonly deadLetterQueueArn: string;
  public readonly deadLetterQueueName: string;

  /** @throws when a prop is out of range or malformed; all problems in one error. */
  constructor(scope: Construct, id: string, props: LogForwarderProps) {
    super(scope, id);
    validateLogForwarder(this, props);
    const removalPolicy = (props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;

    this.deadLetterQueue = new sqs.Queue(this, 'DeadLetterQueue', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy,
    });
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      retention: props.logRetention ?? logs.RetentionDays.TWO_WEEKS,
      removalPolicy,
    });
    this.forwarderFunction = this.createFunction(props, logGroup);
    this.subscribe(props);

    this.functionName = this.forwarderFunction.functionName;
    this.functionArn = this.forwarderFunction.functionArn;
    this.logGroupName = logGroup.logGroupName;
    this.deadLetterQueueUrl = this.deadLetterQueue.queueUrl;
    this.deadLetterQueueArn = this.deadLetterQueue.queueArn;
    this.deadLetterQueueName = this.deadLetterQueue.queueName;
  }

  /** Publishes the complete set of the forwarder's values; the README lists the keys. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      functionName: this.functionName,
      functionArn: this.functionArn,
      logGroupName: this.logGroupName,
      deadLetterQueueUrl: this.deadLetterQueueUrl,
      deadLetterQueueArn: this.deadLetterQueueArn,
      deadLetterQueueName: this.deadLetterQueueName,
    });
  }

  private createFunction(props: LogForwarderProps, logGroup: logs.LogGroup): lambda.Function {
    const groupNames = mapValues(sortedByName(props.logGroups), (group) => group.logGroupName);
    return new lambda.Function(this, 'Function', {
      description: 'Forwards CloudWatch log groups to Grafana Loki',
      code: lambda.Code.fromAsset(CODE),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: props.memoryMiB ?? 256,
      timeout: props.timeout ?? Duration.minutes(1),
      role: this.createRole(props, logGroup),
      logGroup,
      environment: {
        LOKI_URL: props.lokiUrl,
        CREDENTIALS_SECRET_ARN: props.credentialsSecret.secretArn,
        LABELS: JSON.stringify(sortedByName(props.labels ?? {})),
        EVENT_LABELS: JSON.stringify(props.eventLabels ?? DEFAULT_EVENT_LABELS),
        MAX_REQUEST_BYTES: String((props.maxRequestKiB ?? DEFAULT_MAX_REQUEST_KIB) * 1024),
        MAX_LINE_BYTES: String((props.maxLineKiB ?? DEFAULT_MAX_LINE_KIB) * 1024),
        LOG_GROUPS: Stack.of(this).toJsonString(groupNames),
      },
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(this.deadLetterQueue),
    });
  }

  /** Its own role, since the L2's has a managed policy that allows writing to every log group. */
  private createRole({ credentialsSecret }: LogForwarderProps, logGroup: logs.LogGroup): iam.Role {
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    // Statements and not `grantRead`, which with a key writes into the key's policy: in another stack that is a cycle.
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [credentialsSecret.secretArn],
      }),
    );
    const key = credentialsSecret.encryptionKey;
    if (key) role.addToPolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] }));
    return role;
  }

  /**
   * One permission for all log groups of this account: one for each would in time exceed the 20 KB of the function's
   * policy. Nothing leads from a filter to it, so the order is stated: CloudWatch Logs checks that it may invoke.
   */
  private subscribe(props: LogForwarderProps): void {
    const stack = Stack.of(this);
    const permission = new lambda.CfnPermission(this, 'LogsPermission', {
      action: 'lambda:InvokeFunction',
      functionName: this.forwarderFunction.functionArn,
      principal: 'logs.amazonaws.com',
      sourceAccount: stack.account,
      sourceArn: stack.formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: '*',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    });
    const filters = new Construct(this, 'Subscriptions');
    for (const [service, logGroup] of Object.entries(props.logGroups)) {
      const patterns = props.serviceFilterPatterns?.[service] ?? [props.filterPattern ?? ''];
      for (const [index, filterPattern] of patterns.entries()) {
        const filter = new logs.CfnSubscriptionFilter(filters, index === 0 ? service : `${service}.${index + 1}`, {
          logGroupName: logGroup.logGroupName,
          destinationArn: this.forwarderFunction.functionArn,
          filterPattern,
        });
        filter.node.addDependency(permission);
      }
    }
  }
}
