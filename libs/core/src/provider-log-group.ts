import { type CfnResource, type CustomResourceProviderBase, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * The log group of a custom resource provider of the CDK: kept for a week, and deleted with the stack.
 *
 * Some constructs of the CDK make one Lambda function per stack for their custom resources, for example the one that
 * empties buckets. Lambda makes a log group for it when it is first called, which never expires, and which CloudFormation
 * does not know, so that it outlives the stack. Here the function logs to a group of the stack instead. The function
 * refers to the group, and the custom resources to the function: the group exists before the first call, and is deleted
 * after the function. It has no fixed name, so it is not in the way of a function that has run, and logged, before.
 */
export class ProviderLogGroup extends Construct {
  /**
   * Gives the provider of a type of custom resource a log group, once per stack, however often it is called.
   *
   * @param scope the stack, or a construct in it.
   * @param resourceType the type of the custom resources, e.g. `Custom::S3AutoDeleteObjects`; also what
   * `CustomResourceProvider.getOrCreate` was given as `uniqueid`.
   * @returns undefined where the stack does not have the provider (yet): call this after making what uses it.
   */
  public static ofResourceType(scope: Construct, resourceType: string): ProviderLogGroup | undefined {
    const provider = Stack.of(scope).node.tryFindChild(`${resourceType}CustomResourceProvider`);
    if (!provider) return undefined;
    const existing = provider.node.tryFindChild('Logs') as ProviderLogGroup | undefined;
    return existing ?? new ProviderLogGroup(provider as CustomResourceProviderBase, 'Logs');
  }

  /** Where the function of the provider logs to. */
  public readonly logGroup: logs.ILogGroup;

  private constructor(provider: CustomResourceProviderBase, id: string) {
    super(provider, id);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      retention: logs.RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const handler = provider.node.findChild('Handler') as CfnResource;
    handler.addPropertyOverride('LoggingConfig', { LogGroup: this.logGroup.logGroupName });
    // Lambda delivers logs with a delay and as the function's role. The role's managed policy would let it make the group
    // again, without an end, when the last lines arrive after the deletion.
    provider.addToRolePolicy({ Effect: 'Deny', Action: 'logs:CreateLogGroup', Resource: '*' });
  }
}
