import type { SsmContract } from '@v3-backend/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { Route } from '../routing/route';
import type { RouteOptions } from '../routing/route-options';
import { LoadBalancerMetrics } from './load-balancer-metrics';
import type { IPublicLoadBalancer, PublicLoadBalancerAttributes } from './public-load-balancer-interface';

/** Values that `fromSsm` reads, by their keys in the contract. */
export function publicLoadBalancerValues(loadBalancer: IPublicLoadBalancer, securityGroupId: string) {
  return {
    albArn: loadBalancer.loadBalancerArn,
    albDnsName: loadBalancer.loadBalancerDnsName,
    albFullName: loadBalancer.loadBalancerFullName,
    albCanonicalHostedZoneId: loadBalancer.loadBalancerCanonicalHostedZoneId,
    albSecurityGroupId: securityGroupId,
    httpListenerArn: loadBalancer.httpListenerArn,
    listenerArn: loadBalancer.listenerArn,
    url: loadBalancer.url,
  };
}

/** Reads what `publicLoadBalancerValues` published. */
export function readPublicLoadBalancer(scope: Construct, contract: SsmContract): PublicLoadBalancerAttributes {
  const read = (key: string) => contract.read(scope, key);
  return {
    loadBalancerArn: read('albArn'),
    loadBalancerFullName: read('albFullName'),
    loadBalancerDnsName: read('albDnsName'),
    loadBalancerCanonicalHostedZoneId: read('albCanonicalHostedZoneId'),
    securityGroupId: read('albSecurityGroupId'),
    httpListenerArn: read('httpListenerArn'),
    listenerArn: read('listenerArn'),
    url: read('url'),
  };
}

/** A load balancer that exists already, by its attributes. */
export class ImportedPublicLoadBalancer extends Construct implements IPublicLoadBalancer {
  public readonly loadBalancerArn: string;
  public readonly loadBalancerFullName: string;
  public readonly loadBalancerDnsName: string;
  public readonly loadBalancerCanonicalHostedZoneId: string;
  public readonly httpListenerArn: string;
  public readonly listenerArn: string;
  public readonly url: string;
  public readonly metrics: LoadBalancerMetrics;
  private readonly listener?: elbv2.IApplicationListener;
  private readonly routes = new Construct(this, 'Routes');

  constructor(scope: Construct, id: string, attrs: PublicLoadBalancerAttributes) {
    super(scope, id);
    this.loadBalancerArn = attrs.loadBalancerArn;
    this.loadBalancerFullName = attrs.loadBalancerFullName;
    this.loadBalancerDnsName = attrs.loadBalancerDnsName;
    this.loadBalancerCanonicalHostedZoneId = attrs.loadBalancerCanonicalHostedZoneId;
    this.httpListenerArn = attrs.httpListenerArn;
    this.listenerArn = attrs.listenerArn;
    this.url = attrs.url;
    this.metrics = new LoadBalancerMetrics(attrs.loadBalancerFullName);
    if (attrs.securityGroupId !== undefined) {
      this.listener = elbv2.ApplicationListener.fromApplicationListenerAttributes(this, 'Listener', {
        listenerArn: attrs.listenerArn,
        // What lets the load balancer reach a service behind a route here is written in this stack, in both groups.
        securityGroup: ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', attrs.securityGroupId, {
          allowAllOutbound: false,
        }),
      });
    }
  }

  public addRoute(id: string, options: RouteOptions): Route {
    if (!this.listener) {
      throw new Error(
        `Cannot add a route to ${this.node.path}: it was imported without securityGroupId. Give the id of the load ` +
          "balancer's security group, whose rules must let requests through to the service.",
      );
    }
    return new Route(this.routes, id, { ...options, listener: this.listener });
  }
}
