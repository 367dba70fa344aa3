import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  type Stack,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DeleteParameterCommand,
  PutParameterCommand,
  SSMClient,
  paginateGetParametersByPath,
} from '@aws-sdk/client-ssm';

/** What is at a local endpoint, asked for without any code of the deploy engine. */
export class Endpoint {
  private readonly cloudFormation: CloudFormationClient;
  private readonly ssm: SSMClient;
  private readonly ec2: EC2Client;
  private readonly s3: S3Client;

  constructor(port: number) {
    const config = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    this.cloudFormation = new CloudFormationClient(config);
    this.ssm = new SSMClient(config);
    this.ec2 = new EC2Client(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
  }

  /** The stacks that were not deleted, without that of CDK's bootstrap. */
  public async stacks(): Promise<Stack[]> {
    const stacks: Stack[] = [];
    for await (const page of paginateDescribeStacks({ client: this.cloudFormation }, {})) {
      stacks.push(...(page.Stacks ?? []));
    }
    return stacks.filter(
      ({ StackName, StackStatus }) => StackName !== 'CDKToolkit' && StackStatus !== 'DELETE_COMPLETE',
    );
  }

  /** Every stack's status and time of its last change: equal before and after a run that changed nothing. */
  public async stackStates(): Promise<Record<string, string>> {
    const states = (await this.stacks()).map((stack): [string, string] => [
      stack.StackName!.replace('v3-backend-local-', ''),
      [stack.StackStatus, stack.LastUpdatedTime?.toISOString(), stack.ChangeSetId].join(' '),
    ]);
    return Object.fromEntries(states);
  }

  /** How many resources a stack has, and how many of them its last operation created, updated or deleted. */
  public async lastChange(stackName: string): Promise<{ readonly resources: number; readonly touched: number }> {
    const { StackResources: resources = [] } = await this.cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName: stackName }),
    );
    const touched = new Set<string>();
    for await (const { StackEvents: events = [] } of paginateDescribeStackEvents(
      { client: this.cloudFormation },
      { StackName: stackName },
    )) {
      for (const { LogicalResourceId: id, PhysicalResourceId: physical, StackId, ResourceStatus: status } of events) {
        const isStack = physical === StackId;
        if (isStack && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(status ?? '')) {
          return { resources: resources.length, touched: touched.size };
        }
        if (!isStack && /^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(status ?? '')) touched.add(id!);
      }
    }
    throw new Error(`${stackName} has no event of the beginning of an operation.`);
  }

  /** Networks and buckets that neither the endpoint itself nor the bootstrap made. */
  public async networksAndBuckets(): Promise<string[]> {
    const { Vpcs: vpcs = [] } = await this.ec2.send(new DescribeVpcsCommand({}));
    const { Buckets: buckets = [] } = await this.s3.send(new ListBucketsCommand({}));
    return [
      ...vpcs.filter(({ IsDefault }) => !IsDefault).map(({ VpcId }) => VpcId!),
      ...buckets.map(({ Name }) => Name!).filter((name) => !name.startsWith('cdk-')),
    ];
  }

  /** The published values of the local environment, by parameter name. */
  public async parameters(): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    const pages = paginateGetParametersByPath({ client: this.ssm }, { Path: '/v3-backend/local', Recursive: true });
    for await (const page of pages) {
      for (const { Name, Value } of page.Parameters ?? []) values[Name!] = Value!;
    }
    return values;
  }

  public async putParameter(name: string, value: string): Promise<void> {
    await this.ssm.send(new PutParameterCommand({ Name: name, Value: value, Type: 'String' }));
  }

  public async deleteParameter(name: string): Promise<void> {
    await this.ssm.send(new DeleteParameterCommand({ Name: name }));
  }

  /** Creates a stack that stays in progress, waiting for a signal that nobody sends. */
  public async createEndlessly(stackName: string): Promise<void> {
    const template = {
      Resources: {
        Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
        Wait: {
          Type: 'AWS::CloudFormation::WaitCondition',
          Properties: { Handle: { Ref: 'Handle' }, Timeout: '3600' },
        },
      },
    };
    await this.cloudFormation.send(
      new CreateStackCommand({ StackName: stackName, TemplateBody: JSON.stringify(template) }),
    );
  }

  /** Deletes a stack and waits until it is gone. */
  public async delete(stackName: string): Promise<void> {
    await this.cloudFormation.send(new DeleteStackCommand({ StackName: stackName }));
    await waitUntilStackDeleteComplete(
      { client: this.cloudFormation, maxWaitTime: 60, minDelay: 1 },
      { StackName: stackName },
    );
  }
}
