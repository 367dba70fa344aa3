import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { BackendLoadBalancerProps } from './backend-load-balancer-props';
import { createTargetGroup } from './target-group';
import type { TargetGroupOptions } from './target-group-options';

export interface BackendTargetGroupsProps {
  readonly vpc: IVpc;
  readonly api: TargetGroupOptions;
  readonly worker: TargetGroupOptions;
  readonly scheduler: TargetGroupOptions;
}

/** One target group for each service. */
export class BackendTargetGroups extends Construct {
  public readonly api: elbv2.ApplicationTargetGroup;
  public readonly worker: elbv2.ApplicationTargetGroup;
  public readonly scheduler: elbv2.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, { vpc, ...props }: BackendTargetGroupsProps) {
    super(scope, id);
    this.api = createTargetGroup(this, 'Api', vpc, props.api);
    this.worker = createTargetGroup(this, 'Worker', vpc, props.worker);
    this.scheduler = createTargetGroup(this, 'Scheduler', vpc, props.scheduler);
  }
}

/** What all three services have in common, and on top of it what one of them says for itself. */
export function targetGroupOptions(props: BackendLoadBalancerProps, own: TargetGroupOptions = {}): TargetGroupOptions {
  return {
    port: props.applicationPort,
    deregistrationDelay: props.deregistrationDelay,
    ...own,
    healthCheck: { path: props.healthCheckPath, ...own.healthCheck },
  };
}
