import type { DeployedBase } from '../base/deployed-base';
import { nxCommand } from '../config/app-model';
import type { DeployOptions } from '../options/options';
import { unknownAllowances } from '../plan/destructive-changes';
import { makePlan, type Plan, type PlanInput } from '../plan/plan';
import type { RunReport } from '../report/report';
import type { StackNode } from '../stack-graph/stack-graph';
import { announce, recordDryRun } from './announce';
import { expiryWarning } from './credentials';
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
    const [first] = await Promise.all([
      lookOrRefuse(request, prepared, parts, findings),
      options.dryRun ? undefined : lock.refuseIfHeld(),
    ]);
    if (options.dryRun) {
      announce(first, prepared.graph, options.concurrency, journal, parts);
      const shipping = await recordDryRun(first, prepared.graph, journal);
      const { app, workspaceRoot } = request;
      for (const text of expectedDuration(shipping, prepared.graph, options.concurrency, app, workspaceRoot)) {
        journal.notice(text);
      }
      return;
    }

    let plan = first;
    if (
      plan.removal.isPlanned ||
      plan.stacks.some(({ verdict, release }) => verdict.action !== 'unchanged' || release)
    ) {
      await lock.acquire();
      // What was read before the lock was held may have been somebody else's work in progress.
      plan = await lookOrRefuse(request, prepared, parts, findings);
      await base.beginShipping();
    }
    const planned = announce(plan, prepared.graph, options.concurrency, journal, parts);
    const warning = expiryWarning(prepared.identity, planned, Date.now());
    if (warning !== undefined) parts.listener({ type: 'notice', text: warning });
    const rollbackCommand = (node: StackNode) => nxCommand(request.app, environment, 'rollback', node.project);
    const { given, drift } = plan;
    const deployer = new StackDeployer({ ...prepared, journal, options, given, drift, rollbackCommand }, parts);
    const gate = dnsGateOf({ ...prepared, deployed: plan.deployed, options, journal }, parts);
    await shipPlan(plan, { graph: prepared.graph, options, deployer, journal, gate }, parts);
    await plan.removal.run(journal, parts);
    await recordBase(plan, deployer, journal, base);
  });
}

/** A plan, with what the command line gives to the stacks, and what else it was made from. */
export type GivenPlan = Plan & Pick<PlanInput, 'given' | 'deployed' | 'drift'> & { readonly removal: StackRemoval };

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
  { liveState }: Pick<RunParts, 'liveState'>,
  { drift, notices }: DriftFindings = NOTHING_COMPARED,
): Promise<GivenPlan> {
  const { options } = request;
  const { graph, selected } = prepared;
  const [state, removal] = await Promise.all([
    readAppState(liveState, graph.nodes),
    StackRemoval.find(request, prepared, liveState),
  ]);
  const image = imageTagParameter(options, graph, selected);
  const { withApp = false } = request;
  const plan = makePlan({ graph, selected, withApp, ...state, ...options, drift, given: image.given });
  const stacks = graph.nodes.map(({ stack }) => stack);
  const problems = [
    ...bootstrapProblems(stacks, state.ssm),
    ...image.problems,
    ...unknownAllowances(options.allowDestructive, graph.nodes, state.deployed, removal.names),
    ...plan.problems,
    ...(await removal.problems(liveState)),
  ];
  return {
    ...plan,
    problems,
    notices: [...image.notices, ...notices, ...plan.notices],
    given: image.given,
    deployed: state.deployed,
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
