import type { DeployedBase } from '../base/deployed-base';
import { nxCommand } from '../config/app-model';
import type { DeployOptions } from '../options/options';
import { unknownAllowances } from '../plan/destructive-changes';
import { makePlan, type Plan, type PlanInput } from '../plan/plan';
import type { RunReport } from '../report/report';
import { isFresh } from '../plan/evaluate';
import { carriedParameters, takeovers } from '../plan/takeovers';
import { projectsWithoutStack, type StackNode, stackNameOf } from '../stack-graph/stack-graph';
import { announce, recordDryRun, tellOfTakeovers } from './announce';
import { carriedParametersOf, forgetCarried } from './carried-parameters';
import { expiryWarning } from './credentials';
import { StackRemover } from './delete-stacks';
import { dnsGateOf } from './dns-gate';
import { expectedDuration } from './expected-duration';
import { type DriftFindings, findDrift, NOTHING_COMPARED } from './find-drift';
import { imageTagParameter } from './image-tag';
import type { Journal } from './journal';
import { bootstrapProblems, prepare, type Prepared } from './prepare';
import { readAppState } from './read-state';
import { refuseOn } from './refusal';
import { StackRemoval } from './remove-stacks';
import type { RunParts, RunRequest } from './request';
import { runAndReport } from './run';
import { shipPlan } from './ship-plan';
import { StackDeployer } from './stack-deployer';

/** Ships the stacks asked for that differ from what is deployed, and reports all stacks of the app. */
export function deploy(request: RunRequest<DeployOptions>, parts: RunParts): Promise<RunReport> {
  return runAndReport(request, parts, async (journal, lock, base) => {
    const { options, environment } = request;
    const prepared = await prepare(request, parts, journal, []);
    parts.listener({
      type: 'run-started',
      action: 'deploy',
      environment,
      account: journal.account ?? '',
      region: journal.region ?? '',
      dryRun: options.dryRun,
    });
    const findings = await findDrift(options, prepared, parts);
    const [first, isLockLeft] = await Promise.all([
      lookOrRefuse(request, prepared, parts, findings),
      options.dryRun ? false : lock.refuseIfHeld(),
    ]);
    if (options.dryRun) {
      announce(first, prepared.graph, options.concurrency, journal, parts);
      const shipping = await recordDryRun(first, prepared.graph, journal);
      const { app, workspaceRoot } = request;
      const order = { ...options, graph: prepared.graph, deletionOrder: first.removal.order };
      for (const text of expectedDuration(shipping, first, order, app, workspaceRoot)) {
        journal.notice(text);
      }
      return;
    }

    let plan = first;
    if (
      // A run may have been ended after its last stack and before it released the lock, which others could not lift.
      isLockLeft ||
      plan.removal.isPlanned ||
      plan.takeovers.length > 0 ||
      plan.stacks.some(({ verdict, release }) => verdict.action !== 'unchanged' || release)
    ) {
      await lock.acquire();
      // What was read before the lock was held may have been somebody else's work in progress.
      plan = await lookOrRefuse(request, prepared, parts, findings);
      await base.beginShipping();
      if (plan.takeovers.length > 0) await carriedParametersOf(request, prepared, parts).write(plan.carried);
    }
    const planned = announce(plan, prepared.graph, options.concurrency, journal, parts);
    const warning = expiryWarning(prepared.identity, planned, Date.now());
    if (warning !== undefined) parts.listener({ type: 'notice', text: warning });
    const rollbackCommand = (node: StackNode) => nxCommand(request.app, environment, 'rollback', node.project);
    const { graph, directory } = prepared;
    const { given, carried, deployed, drift, removal } = plan;
    const deployer = new StackDeployer(
      { graph, directory, journal, options, given, carried, drift, rollbackCommand },
      parts,
    );
    const remover = new StackRemover(directory, journal, parts);
    const gate = dnsGateOf({ ...prepared, deployed, options, journal }, parts);
    const { order } = removal;
    await shipPlan(plan, { graph, options, deployer, remover, deletionOrder: order, journal, gate }, parts);
    await removal.run(journal, parts);
    if (plan.takeovers.length > 0) tellOfTakeovers(journal);
    if (Object.keys(carried).length > 0) await forgetCarried(request, prepared, journal, parts);
    await recordBase(plan, deployer, journal, base);
  });
}

/** A plan, with what the command line gives to the stacks, and what else it was made from. */
export type GivenPlan = Plan &
  Pick<PlanInput, 'given' | 'carried' | 'deployed' | 'drift'> & { readonly removal: StackRemoval };

/** @throws Refusal when nothing may ship. */
async function lookOrRefuse(
  request: RunRequest<DeployOptions>,
  prepared: Prepared,
  parts: RunParts,
  findings: DriftFindings,
): Promise<GivenPlan> {
  const plan = await look(request, prepared, parts, findings);
  refuseOn(plan.problems);
  return plan;
}

/** Reads the deployed state and makes the plan. */
export async function look(
  request: RunRequest<DeployOptions>,
  prepared: Prepared,
  parts: Pick<RunParts, 'liveState' | 'records'>,
  { drift, notices }: DriftFindings = NOTHING_COMPARED,
): Promise<GivenPlan> {
  const { options, app, environment } = request;
  const { liveState } = parts;
  const { graph, selected } = prepared;
  const [state, found] = await Promise.all([
    readAppState(liveState, graph.nodes),
    StackRemoval.find(request, prepared, liveState),
  ]);
  const { deployed } = state;
  const { given, ...image } = imageTagParameter(options, graph, selected);
  const possible = takeovers(found.removed, graph.nodes, deployed, options.allowDestructive);
  const isIncomplete = graph.nodes.some(({ stack }) => isFresh(deployed.get(stack.id)));
  const carried = {
    ...(isIncomplete ? await carriedParametersOf(request, prepared, parts).read() : {}),
    ...carriedParameters(possible),
  };
  const { withApp = false } = request;
  const more = { drift, given, takeovers: possible, carried };
  const plan = makePlan({ graph, selected, withApp, ...state, ...options, ...more });
  const removal = found.besides(plan.takeovers);
  const stacks = graph.nodes.map(({ stack }) => stack);
  const absent = projectsWithoutStack(app, environment, graph).map(({ stack }) => stackNameOf(app, environment, stack));
  const problems = [
    ...bootstrapProblems(stacks, state.ssm),
    ...image.problems,
    // Of those that the app has elsewhere, some may be gone already: a run that is repeated has them on its command line.
    ...unknownAllowances(options.allowDestructive, graph.nodes, deployed, [...removal.names, ...absent]),
    ...plan.problems,
    ...(await removal.problems(liveState)),
  ];
  return {
    ...plan,
    problems,
    notices: [...image.notices, ...notices, ...plan.notices],
    given,
    carried,
    deployed,
    drift,
    removal,
  };
}

/** The commit counts as deployed when the environment is what the commit says: every stack of the app, asked for or not. */
async function recordBase(
  { excluded }: Plan,
  deployer: StackDeployer,
  journal: Journal,
  base: DeployedBase,
): Promise<void> {
  if (!journal.isGoodSoFar) return;
  const outdated = await deployer.outdated(excluded.filter(({ differs }) => !differs).map(({ node }) => node));
  for (const { node, reason } of outdated) {
    journal.notice(`${node.name} was not selected, but differs now: ${reason}. Deploy it, too.`);
  }
  if (outdated.length === 0 && !excluded.some(({ differs }) => differs)) await base.recordSuccess();
}
