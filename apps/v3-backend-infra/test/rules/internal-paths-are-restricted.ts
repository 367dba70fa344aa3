import { resources, type Rule } from './rule';

/** The worker and the scheduler are for callers inside, known by their addresses or by a header. */
export const internalPathsAreRestricted: Rule = (stacks) =>
  resources(stacks, 'AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter(({ Properties }) => /TargetGroupsWorker|TargetGroupsScheduler/.test(JSON.stringify(Properties.Actions)))
    .filter(
      ({ Properties }) =>
        !Properties.Conditions.some(({ Field }: { Field: string }) => ['source-ip', 'http-header'].includes(Field)),
    )
    .map(({ at }) => at);
