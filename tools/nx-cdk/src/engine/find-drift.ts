import type { StackDrift } from '../live-state/drift';
import type { DeployOptions } from '../options/options';
import type { StackNode } from '../stack-graph/stack-graph';
import type { Prepared } from './prepare';
import { placeOf } from './read-state';
import type { RunParts } from './request';

/** What was changed behind CloudFormation's back. */
export interface DriftFindings {
  /** By stack id. */
  readonly drift: ReadonlyMap<string, StackDrift>;
  /** What a person should know of what was not compared. */
  readonly notices: readonly string[];
}

/** Of a run that does not ask. */
export const NOTHING_COMPARED: DriftFindings = { drift: new Map(), notices: [] };

/**
 * Lets CloudFormation compare the app's stacks with what is there, unless drift is not to be reverted: also those that are
 * not asked for, which may have to bring back something that one of the others needs.
 *
 * Done once in a run, since it takes CloudFormation minutes. What is outdated does no harm: a change set is made from what
 * is there at its time.
 */
export async function findDrift(
  { revertDrift }: Pick<DeployOptions, 'revertDrift'>,
  { graph }: Pick<Prepared, 'graph'>,
  { liveState, pace }: Pick<RunParts, 'liveState' | 'pace'>,
): Promise<DriftFindings> {
  if (!revertDrift) return NOTHING_COMPARED;
  const found = await Promise.all(
    graph.nodes.map(async (node) => ({
      node,
      drift: await liveState.drift(node.stack.stackName, placeOf(node), pace),
    })),
  );
  const compared = found.filter((one): one is { node: StackNode; drift: StackDrift } => one.drift !== undefined);
  return {
    drift: new Map(compared.map(({ node, drift }) => [node.stack.id, drift])),
    notices: [
      ...compared.flatMap(({ node, drift }) =>
        drift.problem === undefined ? [] : [`${node.name} was not compared as a whole: ${drift.problem}`],
      ),
      ...uncheckedNotice(compared.map(({ drift }) => drift)),
    ],
  };
}

/** Types that CloudFormation cannot compare: what was changed there stays as it is. */
function uncheckedNotice(drifts: readonly StackDrift[]): string[] {
  const unchecked = drifts.flatMap((drift) => drift.unchecked);
  if (unchecked.length === 0) return [];
  const types = [...new Set(unchecked.map(({ type }) => type))].sort();
  return [
    `${unchecked.length} resources could not be compared with their template; what was changed in them is neither seen ` +
      `nor brought back: ${types.join(', ')}.`,
  ];
}
