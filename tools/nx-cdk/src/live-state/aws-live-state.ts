import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeChangeSet,
  paginateListImports,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Template } from '../assembly/template';
import { ClientCache } from './aws-clients';
import type { RetryListener } from './aws-call';
import { detectDrift, type StackDrift, type Waits } from './drift';
import { hasObjects, listResources, listStackNames, nameServersOf } from './aws-resources';
import type {
  ChangeSetChange,
  DeployedParameter,
  DeployedResource,
  DeployedStack,
  FailedResource,
  Identity,
  LiveState,
  Place,
} from './live-state';
import { eventsSince } from './stack-events';

/** The most names GetParameters takes. */
const PARAMETERS_PER_CALL = 10;

/** The live state, read from AWS with the SDK. */
export class AwsLiveState implements LiveState {
  private readonly clients: ClientCache;

  /** @param onRetry told when a call is repeated. */
  public constructor(onRetry?: RetryListener) {
    this.clients = new ClientCache(onRetry);
  }

  public async identity(region: string): Promise<Identity> {
    const sts = this.clients.sts(region);
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    const { expiration, $source }: { expiration?: Date; $source?: object } = await sts.config.credentials();
    // Those of other sources are renewed by the SDK while it runs.
    const isFixed = 'CREDENTIALS_ENV_VARS' in ($source ?? {});
    return { account: Account ?? '', arn: Arn ?? '', expiration: isFixed ? expiration : undefined };
  }

  public async stack(name: string, place: Place): Promise<DeployedStack | undefined> {
    const { cloudFormation } = await this.clients.at(place);
    const stack = await describe(cloudFormation, name);
    if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
    return {
      stackId: stack.StackId ?? '',
      status: stack.StackStatus ?? '',
      statusReason: stack.StackStatusReason,
      template: await templateOf(cloudFormation, stack),
      parameters: Object.fromEntries(
        (stack.Parameters ?? []).map((p): [string, DeployedParameter] => [
          p.ParameterKey ?? '',
          { value: p.ParameterValue ?? '', resolved: p.ResolvedValue },
        ]),
      ),
      tags: Object.fromEntries((stack.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
      terminationProtection: stack.EnableTerminationProtection ?? false,
      notificationArns: stack.NotificationARNs ?? [],
      outputs: Object.fromEntries(
        (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
      ),
      exports: (stack.Outputs ?? []).map(({ ExportName }) => ExportName).filter((name) => name !== undefined),
      lastUpdated: (stack.LastUpdatedTime ?? stack.CreationTime)?.toISOString() ?? '',
    };
  }

  public async ssmValues(names: Iterable<string>, place: Place): Promise<Map<string, string>> {
    const { ssm } = await this.clients.at(place);
    const wanted = [...new Set(names)];
    const groups = Array.from({ length: Math.ceil(wanted.length / PARAMETERS_PER_CALL) }, (_, index) =>
      wanted.slice(index * PARAMETERS_PER_CALL, (index + 1) * PARAMETERS_PER_CALL),
    );
    const answers = await Promise.all(groups.map((Names) => ssm.send(new GetParametersCommand({ Names }))));
    return new Map(
      answers
        .flatMap(({ Parameters }) => Parameters ?? [])
        .map(({ Name, Selector, Value }) => [`${Name}${Selector ?? ''}`, Value ?? '']),
    );
  }

  public async changeSet(stackName: string, changeSetName: string, place: Place): Promise<ChangeSetChange[]> {
    const { cloudFormation } = await this.clients.at(place);
    const names = { StackName: stackName, ChangeSetName: changeSetName, IncludePropertyValues: true };
    const changes: ChangeSetChange[] = [];
    for await (const page of paginateDescribeChangeSet({ client: cloudFormation }, names)) {
      for (const { ResourceChange: change } of page.Changes ?? []) {
        if (!change) continue;
        changes.push({
          logicalId: change.LogicalResourceId ?? '',
          type: change.ResourceType ?? '',
          action: change.Action ?? 'Modify',
          replacement: change.Replacement,
          properties: (change.Details ?? []).map(({ Target: target }) => ({
            recreation: target?.RequiresRecreation ?? 'Never',
            before: target?.BeforeValue,
            after: target?.AfterValue,
          })),
        });
      }
    }
    return changes;
  }

  public async importers(exportName: string, place: Place): Promise<string[]> {
    const { cloudFormation } = await this.clients.at(place);
    const names: string[] = [];
    try {
      for await (const page of paginateListImports({ client: cloudFormation }, { ExportName: exportName })) {
        names.push(...(page.Imports ?? []));
      }
    } catch (error) {
      // CloudFormation answers with an error when nobody imports the export, and when there is no such export.
      if (!(error instanceof Error && error.name === 'ValidationError')) throw error;
    }
    return names;
  }

  public async events(stackName: string, place: Place, after?: string): Promise<StackEvent[]> {
    return eventsSince(await this.clients.at(place), stackName, after);
  }

  public async failedResources(stackName: string, place: Place): Promise<FailedResource[]> {
    const { cloudFormation } = await this.clients.at(place);
    const { StackResources } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: stackName }));
    return (StackResources ?? [])
      .filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'))
      .map((resource) => ({
        logicalId: resource.LogicalResourceId ?? '',
        type: resource.ResourceType ?? '',
        reason: resource.ResourceStatusReason ?? '',
      }));
  }

  public async stackNames(place: Place): Promise<string[]> {
    return listStackNames(await this.clients.at(place));
  }

  public async resources(stackName: string, place: Place): Promise<DeployedResource[]> {
    return listResources(await this.clients.at(place), stackName);
  }

  public async hasObjects(bucket: string, place: Place): Promise<boolean> {
    return hasObjects(await this.clients.at(place), bucket);
  }

  public async drift(stackName: string, place: Place, waits: Waits): Promise<StackDrift | undefined> {
    return detectDrift(await this.clients.at(place), stackName, waits);
  }

  public async nameServers(hostedZoneId: string, place: Place): Promise<string[]> {
    return nameServersOf(await this.clients.at(place), hostedZoneId);
  }
}

async function describe(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0];
  } catch (error) {
    // CloudFormation has no error code of its own for a stack that is not there.
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message)) {
      return undefined;
    }
    throw error;
  }
}

async function templateOf(client: CloudFormationClient, stack: Stack): Promise<Template | undefined> {
  if (stack.StackStatus === 'REVIEW_IN_PROGRESS') return undefined;
  const { TemplateBody } = await client.send(
    new GetTemplateCommand({ StackName: stack.StackId, TemplateStage: 'Original' }),
  );
  try {
    return JSON.parse(TemplateBody ?? '') as Template;
  } catch {
    return undefined;
  }
}
