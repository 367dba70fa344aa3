import { AppShared, type IAppShared } from '@v3-backend/app-shared';
import { BackendLoadBalancer, type IBackendLoadBalancer } from '@v3-backend/alb';
import type { FargateBackend } from '@v3-backend/compute';
import { SsmContract } from '@v3-backend/core';
import { type IQueues, Queues } from '@v3-backend/data';
import { type INetwork, type ISecurityGroups, Network, SecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { composeCompute } from '@v3-backend-infra/parts/compute';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The upstream stacks' values, where stacks refer to each other directly; what is not given is read from SSM. */
export interface ComputeStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The networking stack's network. @default - read from SSM */
  readonly network?: INetwork;
  /** The security stack's groups. @default - read from SSM */
  readonly securityGroups?: ISecurityGroups;
  /** The sqs stack's queues. @default - read from SSM */
  readonly queues?: IQueues;
  /** The alb stack's load balancer. @default - read from SSM */
  readonly loadBalancer?: IBackendLoadBalancer;
  /** What the app-shared stack has. @default - read from SSM */
  readonly appShared?: IAppShared;
}

/** The cluster, and the services that run the image named by the stack's parameter `ImageTag`. */
export class ComputeStack extends Stack {
  public readonly backend: FargateBackend;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    const { config } = props;
    const { environment, availabilityZones } = config;
    const contract = (stack: string) => new SsmContract({ environment, stack });

    this.backend = composeCompute(this, {
      config,
      network: props.network ?? Network.fromSsm(this, 'Network', contract('networking'), { availabilityZones }),
      securityGroups: props.securityGroups ?? SecurityGroups.fromSsm(this, 'SecurityGroups', contract('security')),
      queues: props.queues ?? Queues.fromSsm(this, 'Queues', contract('sqs')),
      loadBalancer: props.loadBalancer ?? BackendLoadBalancer.fromSsm(this, 'LoadBalancer', contract('alb')),
      appShared: props.appShared ?? AppShared.fromSsm(this, 'AppShared', contract('app-shared')),
    });
  }
}
