import { recordsOf } from '../engine/environment-records';
import { Journal } from '../engine/journal';
import { prepare } from '../engine/prepare';
import { placeOf } from '../engine/read-state';
import { refuseOn } from '../engine/refusal';
import type { RunParts, RunRequest } from '../engine/request';
import { Repository } from '../git/repository';
import type { ClientCache } from '../live-state/aws-clients';
import type { Identity } from '../live-state/live-state';
import type { ImportSecretsOptions } from '../options/export-options';
import type { StackNode } from '../stack-graph/stack-graph';
import { readSecrets, readValue, secretsClient, writeValue } from './kinds/secrets';
import { readSecretsFile, type ReadSecrets } from './read-secrets-file';
import { planRestoration, type PresentSecret, type Restoration, unknownSecrets } from './restoration';
import type { SourceStack } from './source';

/** How an import reaches the outside world. */
export type ImportParts = Pick<RunParts, 'connect' | 'liveState' | 'listener' | 'records'> & {
  readonly clients: ClientCache;
  /** Told line by line, as things happen. */
  readonly say: (line: string) => void;
};

/**
 * Gives the secrets of a recreated environment the values that were exported. Values are read and written with the
 * credentials of the process: none of the bootstrap's roles may.
 *
 * @throws Refusal when the options, the file or the assembly are wrong, or somebody else works on the environment.
 */
export async function importSecrets(request: RunRequest<ImportSecretsOptions>, parts: ImportParts): Promise<void> {
  const { environment, options, workspaceRoot } = request;
  const journal = new Journal(request, parts.listener, null);
  const read: ReadSecrets = options.file === '' ? { problems: [] } : await readSecretsFile(workspaceRoot, options);
  const problems = [
    ...confirmationProblems(environment, options),
    ...('problems' in read ? read.problems : environmentProblems(environment, read)),
  ];
  const { graph, identity } = await prepare(request, parts, journal, problems);
  if (!('values' in read)) throw new Error('The file was refused before.');
  refuseOn(accountProblems(identity, read));

  const present = await readPresent(graph.nodes, parts);
  refuseOn(unknownSecrets(options.overwrite, present));
  const plan = planRestoration(read.values.secrets, present, options.overwrite);
  for (const one of plan) parts.say(lineOf(one, options.dryRun));
  const writing = plan.filter(({ action }) => action === 'write');
  if (options.dryRun || writing.length === 0) return parts.say(endingOf(environment, writing.length, options.dryRun));

  const { lock } = recordsOf(request, parts, journal, new Repository(workspaceRoot).checkedOut());
  await lock.acquire();
  try {
    for (const { target } of writing) {
      const { arn, region, value } = target!;
      await writeValue(secretsClient(await parts.clients.at({ region })), arn, value);
    }
  } finally {
    await lock.release();
  }
  parts.say(endingOf(environment, writing.length, false));
}

function confirmationProblems(environment: string, { confirm, dryRun }: ImportSecretsOptions): string[] {
  if (dryRun || confirm === environment) return [];
  return confirm === undefined
    ? [`Nothing is written without --confirm=${environment}. What would be: --dryRun.`]
    : [`--confirm=${confirm} is not the environment's name. It is ${environment}.`];
}

function environmentProblems(environment: string, { values }: Extract<ReadSecrets, { values: object }>): string[] {
  return values.environment === environment
    ? []
    : [`The file has the secrets of ${values.environment}, not of ${environment}.`];
}

function accountProblems(identity: Identity, { values }: Extract<ReadSecrets, { values: object }>): string[] {
  return values.account === identity.account
    ? []
    : [`The file has the secrets of account ${values.account}, not of ${identity.account}.`];
}

async function readPresent(nodes: readonly StackNode[], { liveState, clients }: ImportParts): Promise<PresentSecret[]> {
  const read = nodes.map(async (node): Promise<SourceStack[]> => {
    const { stackName, region } = node.stack;
    const deployed = await liveState.stack(stackName, placeOf(node));
    if (!deployed) return [];
    return [{ stackName, region, deployed, resources: await liveState.resources(stackName, placeOf(node)) }];
  });
  const stacks = (await Promise.all(read)).flat();
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const inRegions = await Promise.all(
    regions.map(async (region) => {
      const at = await clients.at({ region });
      const own = stacks.filter((stack) => stack.region === region);
      const secrets = await readSecrets(own, stacks, at);
      return Promise.all(
        secrets.map(async (secret) => ({ ...secret, value: await readValue(secretsClient(at), secret.arn) })),
      );
    }),
  );
  return inRegions.flat();
}

function lineOf({ name, action, reason }: Restoration, dryRun: boolean): string {
  const verb = dryRun ? 'would be written' : 'is written';
  return `${name} ${action === 'write' ? verb : 'stays as it is'}: ${reason}.`;
}

function endingOf(environment: string, written: number, dryRun: boolean): string {
  if (written === 0) return `${environment}: there is no secret to write.`;
  return dryRun
    ? `${environment}: ${written} secrets would be written.`
    : `${environment}: ${written} secrets written. Tasks read secrets when they start: those that run keep the former ` +
        'values until they are replaced, for instance by `aws ecs update-service --force-new-deployment`.';
}
