import { makePlan, type Plan } from '../plan/plan';
import type { RunReport } from '../report/report';
import { runSchedule } from '../schedule/schedule';
import type { DeployOptions } from '../options/options';
import type { StackGraph } from '../stack-graph/stack-graph';
import { imageTagParameter } from './image-tag';
import type { Journal } from './journal';
import { checkBootstrap, prepare } from './prepare';
import { readAppState } from './read-state';
import { refuseOn } from './refusal';
import type { RunParts, RunRequest } from './request';
import { runAndReport } from './run';
import { StackDeployer } from './stack-deployer';

/** Ships the stacks asked for that differ from what is deployed, and reports all stacks of the app. */
export function deploy(request: RunRequest<DeployOptions>, parts: RunParts): Promise<RunReport> {
  return runAndReport(request, parts, async (journal) => {
    const { options, environment } = request;
    const { directory, graph, selected } = await prepare(request, parts, journal, []);
    const { account, region } = journal;
    parts.listener({
      type: 'run-started',
      action: 'deploy',
      environment,
      account: account ?? '',
      region: region ?? '',
      dryRun: options.dryRun,
    });
    const state = await readAppState(parts.liveState, graph.nodes);
    checkBootstrap(
      graph.nodes.map(({ stack }) => stack),
      state.ssm,
    );
    const image = imageTagParameter(options, graph, selected);
    const plan = makePlan({ graph, selected, ...state, ...options, given: image.given });
    refuseOn([...image.problems, ...plan.problems]);
    for (const text of image.notices) parts.listener({ type: 'notice', text });
    announce(plan, journal, parts);

    if (options.dryRun) return recordDryRun(plan, journal);
    const deployer = new StackDeployer({ graph, journal, directory, given: image.given, force: options.force }, parts);
    await shipAll(plan, graph, deployer, options, journal, parts);
  });
}

function announce(plan: Plan, journal: Journal, { listener }: RunParts): void {
  listener({
    type: 'planned',
    stacks: plan.stacks.map(({ node, verdict, widened }) => ({
      name: node.name,
      phase: node.phase?.name,
      action: verdict.action,
      reason: widened === undefined ? verdict.reason : `${verdict.reason}; included because ${widened}`,
    })),
  });
  for (const { node, reason } of plan.excluded) journal.record(node, { result: 'excluded', reason });
}

function recordDryRun(plan: Plan, journal: Journal): void {
  for (const { node, verdict } of plan.stacks) {
    if (verdict.action === 'unchanged') journal.record(node, { result: 'unchanged', reason: verdict.reason });
    else journal.record(node, { result: 'skipped', reason: `dry run, would ${verdict.action}: ${verdict.reason}` });
  }
}

async function shipAll(
  plan: Plan,
  graph: StackGraph,
  deployer: StackDeployer,
  options: DeployOptions,
  journal: Journal,
  { interrupts }: RunParts,
): Promise<void> {
  const planned = new Map(plan.stacks.map((stack) => [stack.node.stack.id, stack]));
  const nameOf = (id: string) => planned.get(id)?.node.name ?? id;
  await runSchedule({
    items: [...planned.keys()],
    needs: (id) => graph.upstream.get(id) ?? new Set(),
    concurrency: options.concurrency,
    continueOnError: options.continueOnError,
    stopped: () => interrupts.stopping,
    work: (id) => deployer.deploy(planned.get(id)!),
    blocked: (id, by) =>
      journal.record(planned.get(id)!.node, { result: 'blocked', reason: `it needs ${by.map(nameOf).join(', ')}` }),
    skipped: (id) =>
      journal.record(planned.get(id)!.node, { result: 'skipped', reason: 'the run was stopped before its turn' }),
  });
}
