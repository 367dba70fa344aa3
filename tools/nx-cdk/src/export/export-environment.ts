import { Journal } from '../engine/journal';
import { statePathOf } from '../engine/environment-records';
import { prepare } from '../engine/prepare';
import { placeOf } from '../engine/read-state';
import type { RunParts, RunRequest } from '../engine/request';
import { Repository } from '../git/repository';
import type { ClientCache } from '../live-state/aws-clients';
import type { StackDrift } from '../live-state/drift';
import type { Place } from '../live-state/live-state';
import type { ExportOptions } from '../options/export-options';
import type { StackNode } from '../stack-graph/stack-graph';
import type { EnvironmentExport } from './environment-export';
import { readZones } from './kinds/hosted-zones';
import { readLoadBalancers } from './kinds/load-balancers';
import { readLogGroups } from './kinds/log-groups';
import { readSecrets, readValue, secretsClient } from './kinds/secrets';
import { readSecurityGroups } from './kinds/security-groups';
import { readParameters } from './kinds/ssm-parameters';
import { exportedStack } from './kinds/stacks';
import { beforeRecreation, madeByHand } from './remember';
import type { SecretValues, ValuedSecret } from './secret-values';
import { sortedBy, type SourceStack } from './source';
import { writeExport } from './write-export';

/** How an export reaches the outside world. */
export type ExportParts = Pick<RunParts, 'connect' | 'liveState' | 'listener' | 'pace'> & {
  readonly clients: ClientCache;
};

/**
 * Writes down what is deployed of an environment, before it is torn down. Changes nothing in AWS.
 *
 * The values of secrets are read only where they are to be encrypted, with the credentials of the process: the bootstrap's
 * lookup role may not.
 *
 * @returns what was written, as lines.
 * @throws Refusal when the options or the assembly are wrong, or the credentials are for another account.
 */
export async function exportEnvironment(
  request: RunRequest<ExportOptions>,
  parts: ExportParts,
  now: Date,
): Promise<string[]> {
  const { environment, workspaceRoot, options } = request;
  const unusable = await options.encryption?.problem();
  const journal = new Journal(request, parts.listener, null);
  const problems = unusable === undefined ? [] : [unusable];
  const { graph, identity } = await prepare(request, parts, journal, problems);
  const found = await readStacks(graph.nodes, parts);
  if (found.length === 0) {
    return [`Nothing of ${environment} is deployed in account ${identity.account}: there is nothing to export.`];
  }
  const stacks = found.map(({ source }) => source);
  const exported: EnvironmentExport = {
    format: 'nx-cdk-export/1',
    environment,
    account: identity.account,
    regions: [...new Set(stacks.map(({ region }) => region))].sort(),
    exportedAt: now.toISOString(),
    commit: new Repository(workspaceRoot).checkedOut().commit,
    notDeployed: graph.nodes
      .map(({ stack }) => stack.stackName)
      .filter((name) => !stacks.some(({ stackName }) => stackName === name))
      .sort(),
    ...(await readEverything(found, request, parts)),
  };
  const values = options.encryption ? await readValues(exported, parts.clients) : undefined;
  const files = await writeExport(
    workspaceRoot,
    exported,
    options.encryption && values && [options.encryption, values],
  );
  return [...summary(exported, values), ...files.map((file) => `  ${file}`)];
}

interface Found {
  readonly source: SourceStack;
  readonly place: Place;
  readonly drift?: StackDrift;
}

async function readStacks(
  nodes: readonly StackNode[],
  { liveState, pace }: Pick<ExportParts, 'liveState' | 'pace'>,
): Promise<Found[]> {
  const read = nodes.map(async (node) => {
    const { stackName, region } = node.stack;
    const place = placeOf(node);
    const deployed = await liveState.stack(stackName, place);
    // What a first change set announces is not there yet.
    if (!deployed || deployed.status === 'REVIEW_IN_PROGRESS') return [];
    const [resources, drift] = await Promise.all([
      liveState.resources(stackName, place),
      liveState.drift(stackName, place, pace),
    ]);
    return [{ source: { stackName, region, deployed, resources }, place, drift }];
  });
  return sortedBy((await Promise.all(read)).flat(), ({ source }) => source.stackName);
}

type Contents = Omit<
  EnvironmentExport,
  'format' | 'environment' | 'account' | 'regions' | 'exportedAt' | 'commit' | 'notDeployed'
>;

async function readEverything(
  found: readonly Found[],
  { app, environment }: RunRequest<unknown>,
  { clients }: Pick<ExportParts, 'clients'>,
): Promise<Contents> {
  const stacks = found.map(({ source }) => source);
  const places = new Map(found.map(({ source, place }) => [source.region, place]));
  const regions = await Promise.all(
    [...places].map(async ([region, place]) => {
      const own = stacks.filter((stack) => stack.region === region);
      const at = await clients.at(place);
      const [ssmParameters, secrets, loadBalancers, securityGroups, hostedZones, logGroups] = await Promise.all([
        readParameters(own, environment, at),
        readSecrets(own, stacks, at),
        readLoadBalancers(own, at),
        readSecurityGroups(own, at),
        readZones(own, stacks, at),
        readLogGroups(own, at),
      ]);
      return { ssmParameters, secrets, loadBalancers, securityGroups, hostedZones, logGroups };
    }),
  );
  const drift = new Map(found.flatMap(({ source, drift: own }) => (own ? [[source.stackName, own] as const] : [])));
  const contents = {
    stacks: stacks.map(exportedStack),
    ssmParameters: regions.flatMap(({ ssmParameters }) => ssmParameters),
    secrets: regions.flatMap(({ secrets }) => secrets),
    loadBalancers: regions.flatMap(({ loadBalancers }) => loadBalancers),
    securityGroups: regions.flatMap(({ securityGroups }) => securityGroups),
    hostedZones: regions.flatMap(({ hostedZones }) => hostedZones),
    logGroups: regions.flatMap(({ logGroups }) => logGroups),
  };
  return {
    ...contents,
    byHand: madeByHand(contents, drift, statePathOf(app, environment)),
    beforeRecreation: beforeRecreation(stacks, contents),
  };
}

async function readValues(
  { environment, account, exportedAt, secrets }: EnvironmentExport,
  clients: ClientCache,
): Promise<SecretValues> {
  const read = secrets.map(async ({ stack, logicalId, name, arn, region }): Promise<ValuedSecret[]> => {
    const value = await readValue(secretsClient(await clients.at({ region })), arn);
    return value === undefined ? [] : [{ stack, logicalId, name, value }];
  });
  return { format: 'nx-cdk-secrets/1', environment, account, exportedAt, secrets: (await Promise.all(read)).flat() };
}

function summary(exported: EnvironmentExport, values: SecretValues | undefined): string[] {
  const { environment, stacks, ssmParameters, secrets, notDeployed, byHand, beforeRecreation: before } = exported;
  return [
    `Exported ${environment}: ${stacks.length} stacks, ${ssmParameters.length} SSM parameters, ${secrets.length} secrets ` +
      `(${values === undefined ? 'without values' : `${values.secrets.length} values, encrypted`}).`,
    ...(notDeployed.length === 0 ? [] : [`Not deployed: ${notDeployed.join(', ')}.`]),
    ...(byHand.length === 0 ? [] : ['Made or changed by hand:', ...byHand.map((line) => `  ${line}`)]),
    ...(before.length === 0 ? [] : ['To think of before the recreation:', ...before.map((line) => `  ${line}`)]),
  ];
}
