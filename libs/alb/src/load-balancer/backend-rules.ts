import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { addClaims, verifyJwt } from '../routing/jwt-action';
import { CATCH_ALL_PRIORITY, claimPriority } from '../routing/rule-priority';
import type { BackendLoadBalancerProps } from './backend-load-balancer-props';
import type { BackendTargetGroups } from './backend-target-groups';

/** Fixed, with gaps: priorities from 1 to 9999 are also those that people choose for routes of their own. */
const PRIORITY = { worker: 100, scheduler: 110, internalOnly: 120, api: CATCH_ALL_PRIORITY } as const;

const WORKER_PATH = '/worker/*';
const SCHEDULER_PATH = '/scheduler/*';

/** Adds a rule for every target group: ECS refuses a service whose target group no listener knows. */
export function addBackendRules(
  listener: elbv2.ApplicationListener,
  { api, worker, scheduler }: BackendTargetGroups,
  { internalCidrs, internalHeader, apiJwt }: BackendLoadBalancerProps,
): void {
  const fromInside = [
    ...(internalCidrs ? [elbv2.ListenerCondition.sourceIps(internalCidrs)] : []),
    ...(internalHeader ? [elbv2.ListenerCondition.httpHeader(internalHeader.name, [internalHeader.value])] : []),
  ];
  const path = (...patterns: string[]) => elbv2.ListenerCondition.pathPatterns(patterns);
  const addRule = (
    id: string,
    priority: number,
    conditions: elbv2.ListenerCondition[],
    action: elbv2.ListenerAction,
  ) => {
    const rule = new elbv2.ApplicationListenerRule(listener, id, { listener, priority, conditions, action });
    claimPriority(listener, priority, rule);
    return rule;
  };
  const forward = (targetGroup: elbv2.ApplicationTargetGroup) => elbv2.ListenerAction.forward([targetGroup]);

  addRule('Worker', PRIORITY.worker, [path(WORKER_PATH), ...fromInside], forward(worker));
  addRule('Scheduler', PRIORITY.scheduler, [path(SCHEDULER_PATH), ...fromInside], forward(scheduler));
  // From anywhere else these paths would reach the API by its rule.
  addRule(
    'InternalOnly',
    PRIORITY.internalOnly,
    [path(WORKER_PATH, SCHEDULER_PATH)],
    elbv2.ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Forbidden' }),
  );
  const apiRule = addRule('Api', PRIORITY.api, [path('/*')], apiJwt ? verifyJwt(apiJwt, forward(api)) : forward(api));
  if (apiJwt) addClaims(apiRule, apiJwt);
}
