import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { AliasRecords } from './alias-records';
import { ImportedBackendLoadBalancer, readAttributes } from './imported-backend-load-balancer';
import type { BackendLoadBalancerAttributes, IBackendLoadBalancer } from './backend-load-balancer-interface';
import type { BackendLoadBalancerProps, LogDestination } from './backend-load-balancer-props';
import { validateBackendLoadBalancer } from './backend-load-balancer-validation';
import { BackendRouting } from './backend-routing';
import { BackendTargetGroups } from './backend-target-groups';

/**
 * The public load balancer of a backend: target groups of API, worker and scheduler, each reachable by a listener rule;
 * HTTPS with a redirect from HTTP if there is a certificate; alias record, web ACL and logs if given.
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
    return new ImportedBackendLoadBalancer(scope, id, readAttributes(scope, contract));
  }

  /** The load balancer itself, for what this construct has no option for. */
  public readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** The listener that serves, for further rules: use priorities from 1 to 99 and from 200 to 9999. */
  public readonly listener: elbv2.ApplicationListener;
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

  /** @throws when a prop is out of range or malformed, or only one of `domainName` and `hostedZone` is given. */
  constructor(scope: Construct, id: string, props: BackendLoadBalancerProps) {
    super(scope, id);
    validateBackendLoadBalancer(new PropsValidation(this), props);

    this.loadBalancer = this.createLoadBalancer(props);
    this.writeLogs('access_logs', props.accessLogs);
    this.writeLogs('connection_logs', props.connectionLogs);

    const targetGroups = new BackendTargetGroups(this, 'TargetGroups', {
      vpc: props.vpc,
      applicationPort: props.applicationPort ?? 3000,
      healthCheckPath: props.healthCheckPath ?? '/health',
      deregistrationDelay: props.deregistrationDelay ?? Duration.seconds(30),
    });
    const { listener, httpListener } = new BackendRouting(this, 'Routing', {
      loadBalancer: this.loadBalancer,
      targetGroups,
      internalCidrs: props.internalCidrs,
      certificate: props.certificate,
      sslPolicy: props.sslPolicy ?? elbv2.SslPolicy.RECOMMENDED_TLS,
    });
    if (props.webAcl) {
      new wafv2.CfnWebACLAssociation(this, 'WebAclAssociation', {
        resourceArn: this.loadBalancer.loadBalancerArn,
        webAclArn: props.webAcl.webAclArn,
      });
    }
    if (props.hostedZone && props.domainName) {
      new AliasRecords(this, 'Alias', {
        zone: props.hostedZone,
        domainName: props.domainName,
        loadBalancer: this.loadBalancer,
        dualStack: props.dualStack ?? false,
      });
    }

    this.listener = listener;
    this.loadBalancerArn = this.loadBalancer.loadBalancerArn;
    this.loadBalancerFullName = this.loadBalancer.loadBalancerFullName;
    this.loadBalancerDnsName = this.loadBalancer.loadBalancerDnsName;
    this.loadBalancerCanonicalHostedZoneId = this.loadBalancer.loadBalancerCanonicalHostedZoneId;
    this.apiTargetGroup = targetGroups.api;
    this.workerTargetGroup = targetGroups.worker;
    this.schedulerTargetGroup = targetGroups.scheduler;
    this.apiTargetGroupFullName = targetGroups.api.targetGroupFullName;
    this.workerTargetGroupFullName = targetGroups.worker.targetGroupFullName;
    this.schedulerTargetGroupFullName = targetGroups.scheduler.targetGroupFullName;
    this.httpListenerArn = httpListener.listenerArn;
    this.listenerArn = listener.listenerArn;
    const scheme = props.certificate ? 'https' : 'http';
    this.url = `${scheme}://${props.domainName ?? this.loadBalancerDnsName}`;
  }

  /** Publishes what `fromSsm` reads; the keys are in the library's README. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      albArn: this.loadBalancerArn,
      albDnsName: this.loadBalancerDnsName,
      albFullName: this.loadBalancerFullName,
      albCanonicalHostedZoneId: this.loadBalancerCanonicalHostedZoneId,
      apiTargetGroupArn: this.apiTargetGroup.targetGroupArn,
      workerTargetGroupArn: this.workerTargetGroup.targetGroupArn,
      schedulerTargetGroupArn: this.schedulerTargetGroup.targetGroupArn,
      apiTargetGroupFullName: this.apiTargetGroupFullName,
      workerTargetGroupFullName: this.workerTargetGroupFullName,
      schedulerTargetGroupFullName: this.schedulerTargetGroupFullName,
      httpListenerArn: this.httpListenerArn,
      listenerArn: this.listenerArn,
      url: this.url,
    });
  }

  private createLoadBalancer(props: BackendLoadBalancerProps): elbv2.ApplicationLoadBalancer {
    return new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
      internetFacing: true,
      // Immutable, or attaching a service would write rules that the security group's own stack already has.
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(this, 'SecurityGroup', props.securityGroup.securityGroupId, {
        mutable: false,
      }),
      ipAddressType: props.dualStack ? elbv2.IpAddressType.DUAL_STACK : elbv2.IpAddressType.IPV4,
      deletionProtection: props.protect ?? true,
      idleTimeout: props.idleTimeout ?? Duration.seconds(60),
      dropInvalidHeaderFields: true,
      desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
    });
  }

  /**
   * Attributes instead of `logAccessLogs`, which would edit the bucket's policy in the bucket's stack (a cycle, since
   * that policy then names this stack's load balancer) or, for an imported bucket, silently not.
   */
  private writeLogs(kind: 'access_logs' | 'connection_logs', destination?: LogDestination): void {
    if (!destination) return;
    this.loadBalancer.setAttribute(`${kind}.s3.enabled`, 'true');
    this.loadBalancer.setAttribute(`${kind}.s3.bucket`, destination.bucket.bucketName);
    if (destination.prefix) this.loadBalancer.setAttribute(`${kind}.s3.prefix`, destination.prefix);
  }
}
