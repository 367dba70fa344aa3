import { AppShared, DatabaseUrlSecret, type IAppShared } from '@v3-backend/app-shared';
import { BackendLoadBalancer, type IBackendLoadBalancer } from '@v3-backend/alb';
import { FargateBackend, ImageTagParameter } from '@v3-backend/compute';
import { LayerTags, Naming, SsmContract } from '@v3-backend/core';
import { type IQueues, Queues } from '@v3-backend/data';
import { type INetwork, type ISecurityGroups, Network, SecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerInsights, CpuArchitecture, Secret } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';

export interface ComputeStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The networking stack's network, where stacks refer to each other directly. @default - read from SSM */
  readonly network?: INetwork;
  /** The security stack's groups, where stacks refer to each other directly. @default - read from SSM */
  readonly securityGroups?: ISecurityGroups;
  /** The sqs stack's queues, where stacks refer to each other directly. @default - read from SSM */
  readonly queues?: IQueues;
  /** The alb stack's load balancer, where stacks refer to each other directly. @default - read from SSM */
  readonly loadBalancer?: IBackendLoadBalancer;
  /** What the app-shared stack has, where stacks refer to each other directly. @default - read from SSM */
  readonly appShared?: IAppShared;
}

/** The cluster, and the services that run the image named by the stack's parameter `ImageTag`. */
export class ComputeStack extends Stack {
  public readonly backend: FargateBackend;

  constructor(scope: Construct, id: string, props: ComputeStackProps) {
    super(scope, id, props);
    const { environment, availabilityZones, services, database } = props.config;
    LayerTags.apply(this, { environment, layer: 'compute', ...props.config.ownership });
    const contract = (stack: string) => new SsmContract({ environment, stack });
    const network = props.network ?? Network.fromSsm(this, 'Network', contract('networking'), { availabilityZones });
    const groups = props.securityGroups ?? SecurityGroups.fromSsm(this, 'SecurityGroups', contract('security'));
    const queues = props.queues ?? Queues.fromSsm(this, 'Queues', contract('sqs'));
    const loadBalancer = props.loadBalancer ?? BackendLoadBalancer.fromSsm(this, 'LoadBalancer', contract('alb'));
    const shared = props.appShared ?? AppShared.fromSsm(this, 'AppShared', contract('app-shared'));
    const naming = new Naming({ environment });
    const family = (service: string) => naming.resourceName(`${service}-task`);

    this.backend = new FargateBackend(this, 'Backend', {
      vpc: network.vpc,
      securityGroup: groups.ecsSecurityGroup,
      repository: Repository.fromRepositoryName(this, 'Repository', services.imageRepository),
      imageTag: new ImageTagParameter(this, 'ImageTag', { defaultTag: services.defaultImageTag }).tag,
      cpuArchitecture: CpuArchitecture.of(services.cpuArchitecture),
      executionRole: shared.taskExecutionRole,
      taskRole: shared.taskRole,
      environment: shared.environment,
      secrets: {
        DATABASE_URL: Secret.fromSecretsManager(shared.databaseUrlSecret),
        APPLICATION_SECRET: Secret.fromSecretsManager(shared.applicationSecret),
      },
      containerInsights:
        services.containerInsights === 'enhanced' ? ContainerInsights.ENHANCED : ContainerInsights.ENABLED,
      serviceConnect: services.serviceConnect,
      restartOn: database.rotateCredentials
        ? { DatabaseUrl: DatabaseUrlSecret.changedEventPattern(shared.databaseUrlSecret) }
        : undefined,
      namespaceName: `${environment}.v3-backend.internal`,
      api: {
        ...services.api,
        family: family('api'),
        logGroup: shared.apiLogGroup,
        targetGroup: loadBalancer.apiTargetGroup,
        targetGroupFullName: loadBalancer.apiTargetGroupFullName,
        loadBalancerFullName: loadBalancer.loadBalancerFullName,
      },
      worker: {
        ...services.worker,
        family: family('worker'),
        logGroup: shared.workerLogGroup,
        targetGroup: loadBalancer.workerTargetGroup,
        queues: [queues.backgroundJobQueue, queues.dataRefreshQueue, queues.notificationQueue],
        spotPercent: services.workerSpotPercent,
      },
      scheduler: {
        ...services.scheduler,
        family: family('scheduler'),
        logGroup: shared.schedulerLogGroup,
        targetGroup: loadBalancer.schedulerTargetGroup,
      },
      migration: { ...services.migration, family: family('migration'), logGroup: shared.migrationLogGroup },
    });
    acknowledgeFindings(this.backend, props.config);
    this.backend.publish(contract('compute'));
  }
}
