import type { DiffOptions } from '../options/inspection-options';
import { parseDeployOptions } from '../options/options';
import { destructiveChanges } from '../plan/destructive-changes';
import type { PlannedStack } from '../plan/plan';
import { actionOf, predictChanges } from '../plan/predicted-changes';
import { propertyDifferences } from '../plan/property-differences';
import type { AppDiff, ResourceDiff, StackDiff } from '../report/diff';
import { reasonOf } from './announce';
import { type GivenPlan, look } from './deploy';
import { Journal } from './journal';
import { prepare, type Prepared } from './prepare';
import type { RunParts, RunRequest } from './request';

type Parts = Pick<RunParts, 'connect' | 'liveState' | 'records' | 'listener'>;

/**
 * Says what a deploy of the stacks asked for would change, resource by resource, and changes nothing.
 *
 * @throws Refusal when the options or the assembly are wrong, or the credentials are for another account. What stands
 * against a deploy is a problem of the difference.
 */
export async function diff(request: RunRequest<DiffOptions>, parts: Parts): Promise<AppDiff> {
  const prepared = await prepare(request, parts, new Journal(request, parts.listener, null), []);
  return diffOf(request, prepared, await lookAt(request, prepared, parts));
}

/** The plan of a deploy without options. */
export function lookAt(
  request: RunRequest<unknown>,
  prepared: Prepared,
  parts: Pick<RunParts, 'liveState' | 'records'>,
): Promise<GivenPlan> {
  return look({ ...request, options: parseDeployOptions({}).options }, prepared, parts);
}

/** What a plan would change. */
export async function diffOf(
  { environment }: RunRequest<unknown>,
  { graph, identity }: Prepared,
  plan: GivenPlan,
): Promise<AppDiff> {
  const stacks: StackDiff[] = [];
  for (const planned of plan.stacks) {
    const { node } = planned;
    const action = actionOf(planned);
    stacks.push({
      name: node.name,
      stackName: node.stack.stackName,
      phase: node.phase?.name ?? null,
      action,
      reason: reasonOf(planned, plan, graph),
      resources: action === 'unchanged' ? [] : await resourcesOf(planned),
    });
  }
  return {
    environment,
    account: identity.account,
    region: graph.nodes[0]?.stack.region ?? '',
    problems: plan.problems,
    notices: plan.notices,
    noLongerPartOfTheApp: plan.removal.names,
    stacks,
  };
}

async function resourcesOf(planned: PlannedStack): Promise<ResourceDiff[]> {
  const { before, after, changes } = await predictChanges(planned);
  const destructive = new Map(
    destructiveChanges(changes, before, after).map(({ logicalId, effect }) => [logicalId, effect]),
  );
  return changes.map((change) => ({
    ...change,
    destructive: destructive.get(change.logicalId),
    properties:
      change.change === 'add' || change.change === 'remove'
        ? []
        : propertyDifferences(before?.Resources?.[change.logicalId], after.Resources?.[change.logicalId]),
  }));
}
