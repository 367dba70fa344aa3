import { constructPath } from '../assembly/template';
import type { DeployedResource, LiveState } from '../live-state/live-state';
import { protectedResources } from '../plan/deletion-protection';
import { bucketsToBeEmpty, keptResources } from '../plan/remains';
import type { DeployedNode } from './deployed-node';
import { placeOf } from './read-state';

/**
 * Why stacks cannot be deleted as they are, all that can be known before the first one is touched.
 *
 * @param known names of the stacks whose need for the ones to be deleted is judged elsewhere.
 */
export async function deletionBlockers(
  doomed: readonly DeployedNode[],
  known: ReadonlySet<string>,
  liveState: LiveState,
): Promise<string[]> {
  // Of a stack that is being deleted already there is nothing left to decide.
  const concerned = doomed.filter(({ deployed }) => deployed.status !== 'DELETE_IN_PROGRESS');
  const found = concerned.map(async (one) => {
    const resources = await liveState.resources(one.node.stack.stackName, placeOf(one.node));
    return [
      ...terminationProtection(one),
      ...deletionProtection(one, resources),
      ...(await fullBuckets(one, resources, liveState)),
      ...(await importedExports(one, known, liveState)),
    ];
  });
  return (await Promise.all(found)).flat();
}

function terminationProtection({ node: { name, stack }, deployed, isRemoved }: DeployedNode): string[] {
  if (!deployed.terminationProtection) return [];
  const command =
    `aws cloudformation update-termination-protection --no-enable-termination-protection ` +
    `--stack-name ${stack.stackName} --region ${stack.region}`;
  const advice = isRemoved ? `Run: ${command}` : `Turn it off in the app and deploy, or run: ${command}`;
  return [`${name} has termination protection. ${advice}`];
}

function deletionProtection(
  { node, deployed, isRemoved }: DeployedNode,
  resources: readonly DeployedResource[],
): string[] {
  const kept = keptResources(deployed);
  return protectedResources(deployed)
    .filter((id) => kept.get(id) !== 'resource')
    .flatMap((id) => resources.find(({ logicalId }) => logicalId === id) ?? [])
    .map((resource) => {
      const where = isRemoved ? 'Turn it off by hand' : 'Turn it off in the app and deploy';
      return `${node.name}: ${labelOf(resource, deployed)} has deletion protection. ${where}, then run this again.`;
    });
}

async function fullBuckets(
  { node, deployed }: DeployedNode,
  resources: readonly DeployedResource[],
  liveState: LiveState,
): Promise<string[]> {
  const ids = bucketsToBeEmpty(deployed);
  const buckets = resources.filter(({ logicalId }) => ids.includes(logicalId));
  const full = await Promise.all(
    buckets.map(({ physicalId }) => physicalId !== undefined && liveState.hasObjects(physicalId, placeOf(node))),
  );
  return buckets
    .filter((_bucket, index) => full[index])
    .map(
      (bucket) =>
        `${node.name}: ${labelOf(bucket, deployed)} is not empty, and nothing empties it. Empty it, all versions of its ` +
        'objects included, or keep it with the removal policy RETAIN.',
    );
}

async function importedExports(
  { node, deployed }: DeployedNode,
  known: ReadonlySet<string>,
  liveState: LiveState,
): Promise<string[]> {
  const found = deployed.exports.map(async (name) => {
    const importers = (await liveState.importers(name, placeOf(node))).filter((importer) => !known.has(importer));
    return importers.length === 0
      ? []
      : [
          `${node.name}: its export ${name} is still imported by ${importers.join(', ')}, which is not part of the app.`,
        ];
  });
  return (await Promise.all(found)).flat();
}

function labelOf({ logicalId, type, physicalId }: DeployedResource, { template }: DeployedNode['deployed']): string {
  const path = (template && constructPath(template, logicalId)) ?? logicalId;
  return `${path} (${type} ${physicalId ?? ''})`;
}
