import {
  type BackendLoadBalancer,
  DnsZone,
  type IDnsZone,
  type ITlsCertificate,
  type IWebAcl,
  TlsCertificate,
  WebAcl,
} from '@v3-backend/alb';
import { SsmContract } from '@v3-backend/core';
import { Buckets, type IBuckets } from '@v3-backend/data';
import { type INetwork, type ISecurityGroups, Network, SecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { composeLoadBalancer } from '@v3-backend-infra/parts/alb';
import { Stack, type StackProps } from 'aws-cdk-lib';
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
    const { config } = props;
    const { environment, availabilityZones } = config;
    const contract = (stack: string) => new SsmContract({ environment, stack });

    this.loadBalancer = composeLoadBalancer(this, {
      config,
      network: props.network ?? Network.fromSsm(this, 'Network', contract('networking'), { availabilityZones }),
      securityGroups: props.securityGroups ?? SecurityGroups.fromSsm(this, 'SecurityGroups', contract('security')),
      buckets: props.buckets ?? Buckets.fromSsm(this, 'Buckets', contract('s3')),
      webAcl: props.webAcl ?? WebAcl.fromSsm(this, 'WebAcl', contract('waf')),
      tls: config.loadBalancer.ssl?.enabled
        ? {
            zone: props.zone ?? DnsZone.fromSsm(this, 'Zone', contract('hosted-zone')),
            certificate: props.certificate ?? TlsCertificate.fromSsm(this, 'Certificate', contract('certificate')),
          }
        : undefined,
    });
  }
}
