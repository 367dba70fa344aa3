import { resources, type Rule } from './rule';

/** The default of 300 s would make every deployment that much longer. */
export const targetsLeaveWithoutDelay: Rule = (stacks) =>
  resources(stacks, 'AWS::ElasticLoadBalancingV2::TargetGroup')
    .filter(
      ({ Properties }) =>
        !Properties.TargetGroupAttributes?.some(
          ({ Key, Value }: { Key: string; Value: string }) =>
            Key === 'deregistration_delay.timeout_seconds' && Number(Value) <= 60,
        ),
    )
    .map(({ at }) => at);
