import {
  CloudFormationClient,
  paginateDescribeStacks,
  paginateListExports,
  paginateListStacks,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { SSMClient, paginateGetParametersByPath } from '@aws-sdk/client-ssm';

/** What is at a local endpoint, asked for without any code of the deploy engine. */
export class Endpoint {
  private readonly cloudFormation: CloudFormationClient;
  private readonly ssm: SSMClient;

  constructor(port: number) {
    const config = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    this.cloudFormation = new CloudFormationClient(config);
    this.ssm = new SSMClient(config);
  }

  /** The stacks of the backend that were not deleted. */
  public async stacks(): Promise<Stack[]> {
    const stacks: Stack[] = [];
    for await (const page of paginateDescribeStacks({ client: this.cloudFormation }, {})) {
      stacks.push(...(page.Stacks ?? []));
    }
    return stacks.filter(
      ({ StackName, StackStatus }) => StackName?.startsWith('v3-backend-') && StackStatus !== 'DELETE_COMPLETE',
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

  /** The names of the deleted stacks, first deleted first, without the prefix. */
  public async deletionOrder(): Promise<string[]> {
    const deleted: [number, string][] = [];
    for await (const page of paginateListStacks(
      { client: this.cloudFormation },
      { StackStatusFilter: ['DELETE_COMPLETE'] },
    )) {
      for (const { StackName, DeletionTime } of page.StackSummaries ?? []) {
        deleted.push([DeletionTime!.getTime(), StackName!.replace('v3-backend-local-', '')]);
      }
    }
    return deleted.sort(([a], [b]) => a - b).map(([, stack]) => stack);
  }

  public async exports(): Promise<string[]> {
    const names: string[] = [];
    for await (const page of paginateListExports({ client: this.cloudFormation }, {})) {
      names.push(...(page.Exports ?? []).map(({ Name }) => Name!));
    }
    return names.filter((name) => name.startsWith('v3-backend-'));
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
}
