import { runActionlint } from './actionlint';
import { checkPinnedActions } from './pinned-actions';
import { checkRunBlocks, type KnownCommands } from './run-blocks';
import { type Finding, readWorkflows } from './workflow';
import { runZizmor } from './zizmor';

/** Everything that is wrong with the workflows of a workspace. */
export async function lintWorkflows(
  workspaceRoot: string,
  known: KnownCommands,
  log: (line: string) => void,
): Promise<Finding[]> {
  const workflows = readWorkflows(workspaceRoot);
  return [
    ...workflows.flatMap((workflow) => checkRunBlocks(workflow, known)),
    ...checkPinnedActions(workflows),
    ...(await runActionlint(workflows)),
    ...(await runZizmor(workspaceRoot, log)),
  ];
}
