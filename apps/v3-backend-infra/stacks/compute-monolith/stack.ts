import type { AppShared } from '@v3-backend/app-shared';
import {
  type BackendLoadBalancer,
  DnsZone,
  type IDnsZone,
  type ITlsCertificate,
  type IWebAcl,
  TlsCertificate,
  WebAcl,
} from '@v3-backend/alb';
import type { FargateBackend } from '@v3-backend/compute';
import { SsmContract } from '@v3-backend/core';
import {
  AppSecrets,
  Buckets,
  type IAppSecrets,
  type IBuckets,
  type IPostgresDatabase,
  type IQueues,
  PostgresDatabase,
  Queues,
} from '@v3-backend/data';
import { type INetwork, type ISecurityGroups, Network, SecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { composeLoadBalancer } from '@v3-backend-infra/parts/alb';
import { composeAppShared } from '@v3-backend-infra/parts/app-shared';
import { composeCompute } from '@v3-backend-infra/parts/compute';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The upstream stacks' values, where stacks refer to each other directly; what is not given is read from SSM. */
export interface ComputeMonolithStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The networking stack's network. @default - read from SSM */
  readonly network?: INetwork;
  /** The security stack's groups. @default - read from SSM */
  readonly securityGroups?: ISecurityGroups;
  /** The s3 stack's buckets. @default - read from SSM */
  readonly buckets?: IBuckets;
  /** The sqs stack's queues. @default - read from SSM */
  readonly queues?: IQueues;
  /** The secrets stack's secrets. @default - read from SSM */
  readonly secrets?: IAppSecrets;
  /** The database stack's database. @default - read from SSM */
  readonly database?: IPostgresDatabase;
  /** The waf stack's web ACL. @default - read from SSM */
  readonly webAcl?: IWebAcl;
  /** The hosted-zone stack's zone. @default - read from SSM where SSL is enabled */
  readonly zone?: IDnsZone;
  /** The certificate stack's certificate. @default - read from SSM where SSL is enabled */
  readonly certificate?: ITlsCertificate;
}

/**
 * What the stacks alb, app-shared and compute are in the modular layout, in one: the same constructs, which publish the
 * same values under the same names.
 */
export class ComputeMonolithStack extends Stack {
  public readonly loadBalancer: BackendLoadBalancer;
  public readonly appShared: AppShared;
  public readonly backend: FargateBackend;

  constructor(scope: Construct, id: string, props: ComputeMonolithStackProps) {
    super(scope, id, props);
    const { config } = props;
    const { environment, availabilityZones } = config;
    const contract = (stack: string) => new SsmContract({ environment, stack });
    const network = props.network ?? Network.fromSsm(this, 'Network', contract('networking'), { availabilityZones });
    const securityGroups = props.securityGroups ?? SecurityGroups.fromSsm(this, 'SecurityGroups', contract('security'));
    const buckets = props.buckets ?? Buckets.fromSsm(this, 'Buckets', contract('s3'));
    const queues = props.queues ?? Queues.fromSsm(this, 'Queues', contract('sqs'));

    this.loadBalancer = composeLoadBalancer(this, {
      config,
      network,
      securityGroups,
      buckets,
      webAcl: props.webAcl ?? WebAcl.fromSsm(this, 'WebAcl', contract('waf')),
      tls: config.loadBalancer.ssl?.enabled
        ? {
            zone: props.zone ?? DnsZone.fromSsm(this, 'Zone', contract('hosted-zone')),
            certificate: props.certificate ?? TlsCertificate.fromSsm(this, 'Certificate', contract('certificate')),
          }
        : undefined,
    });
    this.appShared = composeAppShared(this, {
      config,
      buckets,
      queues,
      secrets: props.secrets ?? AppSecrets.fromSsm(this, 'Secrets', contract('secrets')),
      database: props.database ?? PostgresDatabase.fromSsm(this, 'Database', contract('database')),
    });
    this.backend = composeCompute(this, {
      config,
      network,
      securityGroups,
      queues,
      loadBalancer: this.loadBalancer,
      appShared: this.appShared,
    });
  }
}
