import { DnsZone, type IDnsZone, TlsCertificate } from '@v3-backend/alb';
import { LayerTags, SsmContract } from '@v3-backend/core';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface CertificateStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The hosted-zone stack's zone, where stacks refer to each other directly. @default - read from SSM */
  readonly zone?: IDnsZone;
}

/** The certificate of the load balancer's name; only where SSL is enabled. */
export class CertificateStack extends Stack {
  public readonly certificate: TlsCertificate;

  constructor(scope: Construct, id: string, props: CertificateStackProps) {
    super(scope, id, props);
    const { environment, protect, loadBalancer } = props.config;
    LayerTags.apply(this, { environment, layer: 'alb', ...props.config.ownership });
    if (!loadBalancer.ssl?.enabled) {
      throw new Error(`The ${environment} environment has no certificate: loadBalancer.ssl is not enabled in it.`);
    }
    const contract = (stack: string) => new SsmContract({ environment, stack });
    const zone = props.zone ?? DnsZone.fromSsm(this, 'Zone', contract('hosted-zone'));

    this.certificate = new TlsCertificate(this, 'Certificate', {
      domainName: loadBalancer.ssl.domainName,
      hostedZone: zone.hostedZone,
      protect,
    });
    this.certificate.publish(contract('certificate'));
  }
}
