import type { SsmContract } from '@v3-backend/core';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { BackendLoadBalancerAttributes, IBackendLoadBalancer } from './backend-load-balancer-interface';

/** Reads what `BackendLoadBalancer.publish` published. */
export function readAttributes(scope: Construct, contract: SsmContract): BackendLoadBalancerAttributes {
  const read = (key: string) => contract.read(scope, key);
  return {
    loadBalancerArn: read('albArn'),
    loadBalancerFullName: read('albFullName'),
    loadBalancerDnsName: read('albDnsName'),
    loadBalancerCanonicalHostedZoneId: read('albCanonicalHostedZoneId'),
    apiTargetGroupArn: read('apiTargetGroupArn'),
    workerTargetGroupArn: read('workerTargetGroupArn'),
    schedulerTargetGroupArn: read('schedulerTargetGroupArn'),
    apiTargetGroupFullName: read('apiTargetGroupFullName'),
    workerTargetGroupFullName: read('workerTargetGroupFullName'),
    schedulerTargetGroupFullName: read('schedulerTargetGroupFullName'),
    httpListenerArn: read('httpListenerArn'),
    listenerArn: read('listenerArn'),
    url: read('url'),
  };
}

/** A load balancer that exists already, by its attributes. */
export class ImportedBackendLoadBalancer extends Construct implements IBackendLoadBalancer {
  public readonly loadBalancerArn: string;
  public readonly loadBalancerFullName: string;
  public readonly loadBalancerDnsName: string;
  public readonly loadBalancerCanonicalHostedZoneId: string;
  public readonly apiTargetGroup: elbv2.IApplicationTargetGroup;
  public readonly workerTargetGroup: elbv2.IApplicationTargetGroup;
  public readonly schedulerTargetGroup: elbv2.IApplicationTargetGroup;
  public readonly apiTargetGroupFullName: string;
  public readonly workerTargetGroupFullName: string;
  public readonly schedulerTargetGroupFullName: string;
  public readonly httpListenerArn: string;
  public readonly listenerArn: string;
  public readonly url: string;

  constructor(scope: Construct, id: string, attrs: BackendLoadBalancerAttributes) {
    super(scope, id);
    const targetGroup = (child: string, targetGroupArn: string) =>
      elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(this, child, {
        targetGroupArn,
        loadBalancerArns: attrs.loadBalancerArn,
      });
    this.loadBalancerArn = attrs.loadBalancerArn;
    this.loadBalancerFullName = attrs.loadBalancerFullName;
    this.loadBalancerDnsName = attrs.loadBalancerDnsName;
    this.loadBalancerCanonicalHostedZoneId = attrs.loadBalancerCanonicalHostedZoneId;
    this.apiTargetGroup = targetGroup('Api', attrs.apiTargetGroupArn);
    this.workerTargetGroup = targetGroup('Worker', attrs.workerTargetGroupArn);
    this.schedulerTargetGroup = targetGroup('Scheduler', attrs.schedulerTargetGroupArn);
    this.apiTargetGroupFullName = attrs.apiTargetGroupFullName;
    this.workerTargetGroupFullName = attrs.workerTargetGroupFullName;
    this.schedulerTargetGroupFullName = attrs.schedulerTargetGroupFullName;
    this.httpListenerArn = attrs.httpListenerArn;
    this.listenerArn = attrs.listenerArn;
    this.url = attrs.url;
  }
}
