import { changesOfDrift, type ResourceChange, resourceChanges, withReplacements } from './resource-changes';
import type { PlannedStack } from './plan';
import type { Template } from '../assembly/template';
import type { StackDrift } from '../live-state/drift';

/** What shipping a planned stack does to its resources, as far as the templates tell. */
export interface PredictedChanges {
  /** The deployed template; undefined where the stack would be created. */
  readonly before?: Template;
  /** The template as it is in the end. */
  readonly after: Template;
  readonly changes: readonly ResourceChange[];
}

/**
 * Predicts what shipping a stack would do, without asking CloudFormation.
 *
 * @param drift what was changed behind CloudFormation's back and would be brought back.
 */
export async function predictChanges(
  { node, verdict, deployed, release }: PlannedStack,
  drift?: StackDrift,
): Promise<PredictedChanges> {
  const before = verdict.action === 'create' || verdict.action === 'recreate' ? undefined : deployed?.template;
  const after = (release?.node ?? node).stack.template;
  const written = await withReplacements(resourceChanges(before, after), before, after);
  return { before, after, changes: [...written, ...changesOfDrift(drift, after, written)] };
}

/** What is to happen with a planned stack, in a word. A stack whose first step changes nothing still changes in its second. */
export function actionOf({ verdict, release }: PlannedStack): string {
  return release && verdict.action === 'unchanged' ? 'update' : verdict.action;
}
