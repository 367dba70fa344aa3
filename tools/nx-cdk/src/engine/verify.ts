import { Repository } from '../git/repository';
import type { VerifyOptions } from '../options/inspection-options';
import type { Ask } from '../verify/http';
import type { AppChecks } from '../verify/app-checks';
import type { Aws } from '../verify/aws';
import { CHECKS } from '../verify/checks';
import { DeployedApp, type VerifiedStack, verifiedStack } from '../verify/deployed-app';
import { taskCheck } from '../verify/one-off-task';
import { requestCheck } from '../verify/requests';
import { runChecks } from '../verify/run-checks';
import type { Verification } from '../verify/verification';
import type { StackNode } from '../stack-graph/stack-graph';
import type { Endpoint } from './endpoint';
import { Journal } from './journal';
import { prepare } from './prepare';
import { placeOf } from './read-state';
import type { RunParts, RunRequest } from './request';

/** How a verification reaches the outside world. */
export interface VerifyParts extends Pick<RunParts, 'connect' | 'liveState' | 'listener' | 'pace'> {
  readonly aws: Aws;
  readonly ask: Ask;
  /** What the app wants verified beside what follows from its templates. */
  readonly appChecks: () => Promise<AppChecks>;
  readonly endpoint: () => Endpoint | undefined;
}

/** States in which nothing can be said of a stack. */
const NOT_THERE = /^(REVIEW_IN_PROGRESS|CREATE_IN_PROGRESS|CREATE_FAILED|ROLLBACK_.*|DELETE_.*)$/;

/**
 * Looks whether what is deployed is there and works. Changes nothing, except that it runs the one-off tasks that the app
 * asks for, which end by themselves.
 *
 * @throws Refusal when the options, the assembly or the app's checks are wrong, or the credentials are for another account.
 */
export async function verify(request: RunRequest<VerifyOptions>, parts: VerifyParts): Promise<Verification> {
  const startedAt = new Date().toISOString();
  const appChecks = await parts.appChecks();
  const { graph, selected, identity } = await prepare(request, parts, new Journal(request, parts.listener, null), []);
  const wanted = graph.nodes.filter(({ stack }) => !selected || selected.has(stack.id)).map(({ name }) => name);
  const found = await Promise.all(graph.nodes.map((node) => lookFor(node, parts)));
  const app = new DeployedApp(
    found.filter((stack) => 'state' in stack),
    new Set(wanted),
  );
  const checked = app.stacks.map(({ name }) => name).filter((name) => wanted.includes(name));
  const endpoint = parts.endpoint();
  const checks = [
    ...CHECKS,
    ...appChecks.requests.map((one) => requestCheck(one, parts.ask, endpoint?.loadBalancerUrl)),
    ...appChecks.tasks.map((one) => taskCheck(one, parts.pace)),
  ];
  const results = await runChecks(checks, app, parts.aws, endpoint?.notReal ?? {});
  return {
    environment: request.environment,
    account: identity.account,
    region: graph.nodes[0]?.stack.region ?? '',
    commit: new Repository(request.workspaceRoot).checkedOut().commit,
    command: request.command,
    startedAt,
    finishedAt: new Date().toISOString(),
    ok: checked.length > 0 && results.every(({ outcome }) => outcome !== 'failed'),
    checked,
    leftOut: found.filter((stack) => 'why' in stack).filter(({ stack }) => wanted.includes(stack)),
    checks: results,
  };
}

async function lookFor(
  node: StackNode,
  { liveState }: Pick<RunParts, 'liveState'>,
): Promise<VerifiedStack | Verification['leftOut'][number]> {
  const { stackName } = node.stack;
  const state = await liveState.stack(stackName, placeOf(node));
  if (!state) return { stack: node.name, why: 'it is not deployed' };
  if (NOT_THERE.test(state.status)) return { stack: node.name, why: `it is in ${state.status}` };
  const resources = await liveState.resources(stackName, placeOf(node));
  const ids = resources.flatMap(({ logicalId, physicalId }) =>
    physicalId === undefined ? [] : [[logicalId, physicalId] as const],
  );
  return verifiedStack(node, state, new Map(ids));
}
