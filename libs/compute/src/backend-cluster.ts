import { PropsValidation } from '@v3-backend/core';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';

/** Properties of a `BackendCluster`. */
export interface BackendClusterProps {
  /** The network in which service discovery answers. */
  readonly vpc: ec2.IVpc;

  /**
   * Domain under which services find each other, e.g. `worker.backend.internal`.
   *
   * @default 'backend.internal'
   */
  readonly namespaceName?: string;

  /**
   * What CloudWatch records of the cluster. Worker scaling and running-task alarms need its metrics.
   *
   * @default ecs.ContainerInsights.ENABLED
   */
  readonly containerInsights?: ecs.ContainerInsights;
}

/** An ECS cluster with the Fargate capacity providers, Container Insights and a private namespace. */
export class BackendCluster extends Construct {
  /** The cluster. */
  public readonly cluster: ecs.ICluster;
  /** The Cloud Map namespace in which services are registered. */
  public readonly discoveryNamespace: servicediscovery.IPrivateDnsNamespace;

  /** @throws when the namespace's name is not a domain name. */
  constructor(scope: Construct, id: string, props: BackendClusterProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.matches(
      'namespaceName',
      '(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?',
      'a domain name in lower case such as "backend.internal"',
      props.namespaceName,
    );
    validation.throwIfInvalid();

    this.cluster = new ecs.Cluster(this, 'Cluster', {
      vpc: props.vpc,
      containerInsightsV2: props.containerInsights ?? ecs.ContainerInsights.ENABLED,
    });
    // A resource of its own and not the L2's `enableFargateCapacityProviders`, which adds it when it is too late for a
    // service to depend on it: CloudFormation would take the providers away while services still use them.
    new ecs.CfnClusterCapacityProviderAssociations(this, 'CapacityProviders', {
      cluster: this.cluster.clusterName,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [],
    });
    this.discoveryNamespace = new servicediscovery.PrivateDnsNamespace(this, 'Namespace', {
      name: props.namespaceName ?? 'backend.internal',
      vpc: props.vpc,
    });
  }
}
