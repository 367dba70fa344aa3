import { PropsValidation, type SsmContract } from '@v3-backend/core';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { Route } from '../routing/route';
import type { RouteOptions } from '../routing/route-options';
import type { BackendLoadBalancerAttributes, IBackendLoadBalancer } from './backend-load-balancer-interface';
import type { BackendLoadBalancerProps } from './backend-load-balancer-props';
import { validateBackendLoadBalancer } from './backend-load-balancer-validation';
import { addBackendRules } from './backend-rules';
import { BackendTargetGroups, targetGroupOptions } from './backend-target-groups';
import { ImportedBackendLoadBalancer, readBackendLoadBalancer } from './imported-backend-load-balancer';
import { publicLoadBalancerValues } from './imported-public-load-balancer';
import type { LoadBalancerMetrics } from './load-balancer-metrics';
import { PublicLoadBalancer } from './public-load-balancer';
import { validatePublicLoadBalancer } from './public-load-balancer-validation';

/**
 * The public load balancer of a backend: target groups of API, worker and scheduler, each reachable by a listener rule;
 * HTTPS with a redirect from HTTP if there is a certificate; alias records, web ACL and logs if given.
 */
export class BackendLoadBalancer extends Construct implements IBackendLoadBalancer {
  /** The load balancer of another stack or another application. */
  public static fromBackendLoadBalancerAttributes(
    scope: Construct,
    id: string,
    attrs: BackendLoadBalancerAttributes,
  ): IBackendLoadBalancer {
    return new ImportedBackendLoadBalancer(scope, id, attrs);
  }

  /** A load balancer that another stack published with `publish`. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IBackendLoadBalancer {
    return new ImportedBackendLoadBalancer(scope, id, readBackendLoadBalancer(scope, contract));
  }

  /** The load balancer itself, for what this construct has no option for. */
  public readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** The listener that serves. */
  public readonly listener: elbv2.ApplicationListener;
  /** Id of the load balancer's security group. */
  public readonly securityGroupId: string;
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
  public readonly metrics: LoadBalancerMetrics;
  private readonly base: PublicLoadBalancer;

  /** @throws when a prop is out of range or malformed, or props contradict each other; all problems in one error. */
  constructor(scope: Construct, id: string, props: BackendLoadBalancerProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateBackendLoadBalancer(validation, props);
    validatePublicLoadBalancer(this, validation, props);
    validation.throwIfInvalid();

    // The CDK leaves "Default" out of logical ids: a backend's resources are named as if they were its own children.
    this.base = new PublicLoadBalancer(this, 'Default', props);
    const targetGroups = new BackendTargetGroups(this, 'TargetGroups', {
      vpc: props.vpc,
      api: targetGroupOptions(props, props.apiTargets),
      worker: targetGroupOptions(props, props.workerTargets),
      scheduler: targetGroupOptions(props, props.schedulerTargets),
    });
    addBackendRules(this.base.listener, targetGroups, props);

    this.loadBalancer = this.base.loadBalancer;
    this.listener = this.base.listener;
    this.securityGroupId = this.base.securityGroupId;
    this.loadBalancerArn = this.base.loadBalancerArn;
    this.loadBalancerFullName = this.base.loadBalancerFullName;
    this.loadBalancerDnsName = this.base.loadBalancerDnsName;
    this.loadBalancerCanonicalHostedZoneId = this.base.loadBalancerCanonicalHostedZoneId;
    this.apiTargetGroup = targetGroups.api;
    this.workerTargetGroup = targetGroups.worker;
    this.schedulerTargetGroup = targetGroups.scheduler;
    this.apiTargetGroupFullName = targetGroups.api.targetGroupFullName;
    this.workerTargetGroupFullName = targetGroups.worker.targetGroupFullName;
    this.schedulerTargetGroupFullName = targetGroups.scheduler.targetGroupFullName;
    this.httpListenerArn = this.base.httpListenerArn;
    this.listenerArn = this.base.listenerArn;
    this.url = this.base.url;
    this.metrics = this.base.metrics;
  }

  public addRoute(id: string, options: RouteOptions): Route {
    return this.base.addRoute(id, options);
  }

  /** Publishes what `fromSsm` reads; the keys are in the library's README. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      ...publicLoadBalancerValues(this, this.securityGroupId),
      apiTargetGroupArn: this.apiTargetGroup.targetGroupArn,
      workerTargetGroupArn: this.workerTargetGroup.targetGroupArn,
      schedulerTargetGroupArn: this.schedulerTargetGroup.targetGroupArn,
      apiTargetGroupFullName: this.apiTargetGroupFullName,
      workerTargetGroupFullName: this.workerTargetGroupFullName,
      schedulerTargetGroupFullName: this.schedulerTargetGroupFullName,
    });
  }
}
