import { BackendLoadBalancer, type IDnsZone, type ITlsCertificate, type IWebAcl } from '@v3-backend/alb';
import { LayerTags, SsmContract } from '@v3-backend/core';
import type { IBuckets } from '@v3-backend/data';
import type { INetwork, ISecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';

export interface LoadBalancerPartProps {
  readonly config: EnvironmentConfig;
  readonly network: INetwork;
  readonly securityGroups: ISecurityGroups;
  readonly buckets: IBuckets;
  readonly webAcl: IWebAcl;
  /** What a name and HTTPS take. @default - HTTP, under the load balancer's own name only */
  readonly tls?: { readonly zone: IDnsZone; readonly certificate: ITlsCertificate };
}

/** The load balancer with target groups, listeners and rules, its DNS name and its web ACL, published as `alb`. */
export function composeLoadBalancer(scope: Construct, props: LoadBalancerPartProps): BackendLoadBalancer {
  const { config, network, securityGroups, buckets, webAcl, tls } = props;
  const { environment, ownership, protect } = config;
  const { ssl, internalCidrs, zonalShift } = config.loadBalancer;
  const logs = { bucket: buckets.logsBucket, prefix: 'alb' };

  const loadBalancer = new BackendLoadBalancer(scope, 'LoadBalancer', {
    vpc: network.vpc,
    securityGroup: securityGroups.albSecurityGroup,
    webAcl,
    ...(tls &&
      ssl && {
        certificate: tls.certificate.certificate,
        hostedZone: tls.zone.hostedZone,
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
  LayerTags.apply(loadBalancer, { environment, layer: 'alb', ...ownership });
  loadBalancer.publish(new SsmContract({ environment, stack: 'alb' }));
  return loadBalancer;
}
