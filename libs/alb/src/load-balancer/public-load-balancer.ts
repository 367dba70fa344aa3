import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { AliasRecords } from '../dns/alias-records';
import { Route } from '../routing/route';
import type { RouteOptions } from '../routing/route-options';
import {
  ImportedPublicLoadBalancer,
  publicLoadBalancerValues,
  readPublicLoadBalancer,
} from './imported-public-load-balancer';
import { Listeners } from './listeners';
import { LoadBalancerMetrics } from './load-balancer-metrics';
import type { IPublicLoadBalancer, PublicLoadBalancerAttributes } from './public-load-balancer-interface';
import type { LogDestination, PublicLoadBalancerProps } from './public-load-balancer-props';
import { validatePublicLoadBalancer } from './public-load-balancer-validation';
import { createTargetGroup } from './target-group';
import type { TargetGroupOptions } from './target-group-options';
import { validateTargetGroup } from './target-group-validation';

/**
 * A public load balancer without services yet: HTTPS with a redirect from HTTP if there is a certificate; alias records,
 * web ACL and logs if given. A request that no route takes is answered with 404.
 */
export class PublicLoadBalancer extends Construct implements IPublicLoadBalancer {
  /** The load balancer of another stack or another application. */
  public static fromPublicLoadBalancerAttributes(
    scope: Construct,
    id: string,
    attrs: PublicLoadBalancerAttributes,
  ): IPublicLoadBalancer {
    return new ImportedPublicLoadBalancer(scope, id, attrs);
  }

  /** A load balancer that another stack published with `publish`. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IPublicLoadBalancer {
    return new ImportedPublicLoadBalancer(scope, id, readPublicLoadBalancer(scope, contract));
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
  public readonly httpListenerArn: string;
  public readonly listenerArn: string;
  public readonly url: string;
  public readonly metrics: LoadBalancerMetrics;
  private readonly vpc: ec2.IVpc;
  private readonly https: boolean;
  private readonly routes: Construct;
  private readonly targetGroups: Construct;

  /** @throws when a prop is out of range or malformed, or props contradict each other; all problems in one error. */
  constructor(scope: Construct, id: string, props: PublicLoadBalancerProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validatePublicLoadBalancer(this, validation, props);
    validation.throwIfInvalid();

    this.vpc = props.vpc;
    this.https = props.certificate !== undefined;
    this.loadBalancer = this.createLoadBalancer(props);
    this.writeLogs('access_logs', props.accessLogs);
    this.writeLogs('connection_logs', props.connectionLogs);
    this.writeLogs('health_check_logs', props.healthCheckLogs);
    if (props.zonalShift !== undefined) {
      this.loadBalancer.setAttribute('zonal_shift.config.enabled', props.zonalShift.toString());
    }
    const listeners = new Listeners(this, 'Routing', {
      ...props,
      loadBalancer: this.loadBalancer,
      // A given security group belongs to another layer, which decides who may connect.
      open: props.securityGroup === undefined,
      sslPolicy: props.sslPolicy ?? elbv2.SslPolicy.RECOMMENDED_TLS,
    });
    if (props.webAcl) {
      new wafv2.CfnWebACLAssociation(this, 'WebAclAssociation', {
        resourceArn: this.loadBalancer.loadBalancerArn,
        webAclArn: props.webAcl.webAclArn,
      });
    }
    this.routes = new Construct(this, 'Routes');
    this.targetGroups = new Construct(this, 'TargetGroups');

    this.listener = listeners.serving;
    this.securityGroupId =
      props.securityGroup?.securityGroupId ?? this.loadBalancer.connections.securityGroups[0]!.securityGroupId;
    this.loadBalancerArn = this.loadBalancer.loadBalancerArn;
    this.loadBalancerFullName = this.loadBalancer.loadBalancerFullName;
    this.loadBalancerDnsName = this.loadBalancer.loadBalancerDnsName;
    this.loadBalancerCanonicalHostedZoneId = this.loadBalancer.loadBalancerCanonicalHostedZoneId;
    this.httpListenerArn = listeners.http.listenerArn;
    this.listenerArn = this.listener.listenerArn;
    this.url = `${this.https ? 'https' : 'http'}://${props.domainName ?? this.loadBalancerDnsName}`;
    this.metrics = new LoadBalancerMetrics(this.loadBalancerFullName);
    this.nameInZone(props);
  }

  /**
   * A target group with this library's defaults. It takes requests, and an ECS service can be attached to it, once a
   * route leads to it.
   *
   * @throws when an option is out of range, or options contradict each other or the listener.
   */
  public addTargetGroup(id: string, options: TargetGroupOptions = {}): elbv2.ApplicationTargetGroup {
    const scope = new Construct(this.targetGroups, id);
    const validation = new PropsValidation(scope);
    validateTargetGroup(validation, '', options, this.https);
    validation.throwIfInvalid();
    return createTargetGroup(scope, 'TargetGroup', this.vpc, options);
  }

  public addRoute(id: string, options: RouteOptions): Route {
    return new Route(this.routes, id, { ...options, listener: this.listener });
  }

  /** Publishes what `fromSsm` reads; the keys are in the library's README. */
  public publish(contract: SsmContract): void {
    contract.publish(this, publicLoadBalancerValues(this, this.securityGroupId));
  }

  private createLoadBalancer(props: PublicLoadBalancerProps): elbv2.ApplicationLoadBalancer {
    return new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      internetFacing: true,
      // Immutable, or attaching a service would write rules that the security group's own stack already has.
      securityGroup:
        props.securityGroup &&
        ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', props.securityGroup.securityGroupId, {
          mutable: false,
        }),
      ipAddressType: props.dualStack ? elbv2.IpAddressType.DUAL_STACK : elbv2.IpAddressType.IPV4,
      deletionProtection: props.protect ?? true,
      idleTimeout: props.idleTimeout ?? Duration.seconds(60),
      clientKeepAlive: props.clientKeepAlive,
      dropInvalidHeaderFields: props.dropInvalidHeaderFields ?? true,
      desyncMitigationMode: props.desyncMitigationMode ?? elbv2.DesyncMitigationMode.DEFENSIVE,
      xffHeaderProcessingMode: props.xffHeaderProcessingMode,
      preserveXffClientPort: props.preserveXffClientPort,
      preserveHostHeader: props.preserveHostHeader,
      xAmznTlsVersionAndCipherSuiteHeaders: props.tlsHeaders,
      wafFailOpen: props.wafFailOpen,
      minimumCapacityUnit: props.minimumCapacityUnits,
    });
  }

  /**
   * Attributes instead of `logAccessLogs`, which would edit the bucket's policy in the bucket's stack (a cycle, since
   * that policy then names this stack's load balancer) or, for an imported bucket, silently not. Of health check logs,
   * the L2 knows nothing.
   */
  private writeLogs(kind: 'access_logs' | 'connection_logs' | 'health_check_logs', destination?: LogDestination): void {
    if (!destination) return;
    this.loadBalancer.setAttribute(`${kind}.s3.enabled`, 'true');
    this.loadBalancer.setAttribute(`${kind}.s3.bucket`, destination.bucket.bucketName);
    if (destination.prefix) this.loadBalancer.setAttribute(`${kind}.s3.prefix`, destination.prefix);
  }

  private nameInZone({ hostedZone, domainName, dualStack, weightedRecord }: PublicLoadBalancerProps): void {
    if (!hostedZone || !domainName) return;
    new AliasRecords(this, 'Alias', { loadBalancer: this, hostedZone, domainName, dualStack, weightedRecord });
  }
}
