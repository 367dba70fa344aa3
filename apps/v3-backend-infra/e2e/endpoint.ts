import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  GetTemplateCommand,
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

  /** The resources in each deployed template, by stack and logical id, as text. */
  public async resources(): Promise<Record<string, Record<string, string>>> {
    const names = (await this.stacks()).map(({ StackName }) => StackName!);
    const read = names.map(async (StackName) => {
      const { TemplateBody } = await this.cloudFormation.send(new GetTemplateCommand({ StackName }));
      const { Resources } = JSON.parse(TemplateBody!) as { Resources: Record<string, object> };
      const texts = Object.entries(Resources).map(([id, resource]) => [id, JSON.stringify(resource)] as const);
      return [StackName.replace('v3-backend-local-', ''), Object.fromEntries(texts)] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  }

  /** Logical ids of what a stack has in AWS. */
  public async logicalIds(stackName: string): Promise<string[]> {
    const { StackResources: resources = [] } = await this.cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName: stackName }),
    );
    return resources
      .filter(({ ResourceType }) => ResourceType !== 'AWS::CDK::Metadata')
      .map(({ LogicalResourceId }) => LogicalResourceId!);
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
