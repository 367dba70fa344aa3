import {
  BackendLoadBalancer,
  DnsZone,
  type IDnsZone,
  type ITlsCertificate,
  type IWebAcl,
  TlsCertificate,
  WebAcl,
} from '@v3-backend/alb';
import { LayerTags, SsmContract } from '@v3-backend/core';
import { Buckets, type IBuckets } from '@v3-backend/data';
import { type INetwork, type ISecurityGroups, Network, SecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';

/** The upstream stacks' values, where stacks refer to each other directly; what is not given is read from SSM. */
export interface AlbStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The networking stack's network. @default - read from SSM */
  readonly network?: INetwork;
  /** The security stack's groups. @default - read from SSM */
  readonly securityGroups?: ISecurityGroups;
  /** The s3 stack's buckets. @default - read from SSM */
  readonly buckets?: IBuckets;
  /** The waf stack's web ACL. @default - read from SSM */
  readonly webAcl?: IWebAcl;
  /** The hosted-zone stack's zone. @default - read from SSM where SSL is enabled */
  readonly zone?: IDnsZone;
  /** The certificate stack's certificate. @default - read from SSM where SSL is enabled */
  readonly certificate?: ITlsCertificate;
}

/** The load balancer with target groups, listeners and rules, its DNS name and its web ACL. */
export class AlbStack extends Stack {
  public readonly loadBalancer: BackendLoadBalancer;

  constructor(scope: Construct, id: string, props: AlbStackProps) {
    super(scope, id, props);
    const { environment, availabilityZones, protect, loadBalancer } = props.config;
    LayerTags.apply(this, { environment, layer: 'alb', ...props.config.ownership });
    const contract = (stack: string) => new SsmContract({ environment, stack });
    const network = props.network ?? Network.fromSsm(this, 'Network', contract('networking'), { availabilityZones });
    const groups = props.securityGroups ?? SecurityGroups.fromSsm(this, 'SecurityGroups', contract('security'));
    const { logsBucket } = props.buckets ?? Buckets.fromSsm(this, 'Buckets', contract('s3'));
    const zone = () => props.zone ?? DnsZone.fromSsm(this, 'Zone', contract('hosted-zone'));
    const tls = () => props.certificate ?? TlsCertificate.fromSsm(this, 'Certificate', contract('certificate'));
    const { ssl, internalCidrs, zonalShift } = loadBalancer;
    const logs = { bucket: logsBucket, prefix: 'alb' };

    this.loadBalancer = new BackendLoadBalancer(this, 'LoadBalancer', {
      vpc: network.vpc,
      securityGroup: groups.albSecurityGroup,
      webAcl: props.webAcl ?? WebAcl.fromSsm(this, 'WebAcl', contract('waf')),
      ...(ssl?.enabled && {
        certificate: tls().certificate,
        hostedZone: zone().hostedZone,
        domainName: ssl.domainName,
        weightedRecord: ssl.weightedRecord,
        sslPolicy: ssl.postQuantumTls ? SslPolicy.TLS13_12_PQ : undefined,
        responseHeaders: { strictTransportSecurity: 'max-age=31536000', noSniff: true },
      }),
      internalCidrs,
      zonalShift,
      accessLogs: logs,
      connectionLogs: logs,
      healthCheckLogs: logs,
      protect,
    });
    this.loadBalancer.publish(contract('alb'));
  }
}
