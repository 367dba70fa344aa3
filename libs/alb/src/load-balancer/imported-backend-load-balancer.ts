import type { SsmContract } from '@v3-backend/core';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { BackendLoadBalancerAttributes, IBackendLoadBalancer } from './backend-load-balancer-interface';
import { ImportedPublicLoadBalancer, readPublicLoadBalancer } from './imported-public-load-balancer';

/** Reads what `BackendLoadBalancer.publish` published. */
export function readBackendLoadBalancer(scope: Construct, contract: SsmContract): BackendLoadBalancerAttributes {
  const read = (key: string) => contract.read(scope, key);
  return {
    ...readPublicLoadBalancer(scope, contract),
    apiTargetGroupArn: read('apiTargetGroupArn'),
    workerTargetGroupArn: read('workerTargetGroupArn'),
    schedulerTargetGroupArn: read('schedulerTargetGroupArn'),
    apiTargetGroupFullName: read('apiTargetGroupFullName'),
    workerTargetGroupFullName: read('workerTargetGroupFullName'),
    schedulerTargetGroupFullName: read('schedulerTargetGroupFullName'),
  };
}

/** A backend's load balancer that exists already, by its attributes. */
export class ImportedBackendLoadBalancer extends ImportedPublicLoadBalancer implements IBackendLoadBalancer {
  public readonly apiTargetGroup: elbv2.IApplicationTargetGroup;
  public readonly workerTargetGroup: elbv2.IApplicationTargetGroup;
  public readonly schedulerTargetGroup: elbv2.IApplicationTargetGroup;
  public readonly apiTargetGroupFullName: string;
  public readonly workerTargetGroupFullName: string;
  public readonly schedulerTargetGroupFullName: string;

  constructor(scope: Construct, id: string, attrs: BackendLoadBalancerAttributes) {
    super(scope, id, attrs);
    const targetGroup = (child: string, targetGroupArn: string) =>
      elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(this, child, {
        targetGroupArn,
        loadBalancerArns: attrs.loadBalancerArn,
      });
    this.apiTargetGroup = targetGroup('Api', attrs.apiTargetGroupArn);
    this.workerTargetGroup = targetGroup('Worker', attrs.workerTargetGroupArn);
    this.schedulerTargetGroup = targetGroup('Scheduler', attrs.schedulerTargetGroupArn);
    this.apiTargetGroupFullName = attrs.apiTargetGroupFullName;
    this.workerTargetGroupFullName = attrs.workerTargetGroupFullName;
    this.schedulerTargetGroupFullName = attrs.schedulerTargetGroupFullName;
  }
}
