import { DatabaseUrlSecret, type IAppShared } from '@v3-backend/app-shared';
import type { IBackendLoadBalancer } from '@v3-backend/alb';
import { FargateBackend, ImageTagParameter } from '@v3-backend/compute';
import { LayerTags, Naming, SsmContract } from '@v3-backend/core';
import type { IQueues } from '@v3-backend/data';
import type { INetwork, ISecurityGroups } from '@v3-backend/networking';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { ContainerInsights, CpuArchitecture, Secret } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledgements';

export interface ComputePartProps {
  readonly config: EnvironmentConfig;
  readonly network: INetwork;
  readonly securityGroups: ISecurityGroups;
  readonly queues: IQueues;
  readonly loadBalancer: IBackendLoadBalancer;
  readonly appShared: IAppShared;
}

/**
 * The cluster, and the services that run the image named by the CloudFormation parameter `ImageTag`, published as
 * `compute`.
 */
export function composeCompute(scope: Construct, props: ComputePartProps): FargateBackend {
  const { config, network, securityGroups, queues, loadBalancer, appShared: shared } = props;
  const { environment, ownership, services, database } = config;
  const naming = new Naming({ environment });
  const family = (service: string) => naming.resourceName(`${service}-task`);

  const backend = new FargateBackend(scope, 'Backend', {
    vpc: network.vpc,
    securityGroup: securityGroups.ecsSecurityGroup,
    repository: Repository.fromRepositoryName(scope, 'Repository', services.imageRepository),
    imageTag: new ImageTagParameter(scope, 'ImageTag', { defaultTag: services.defaultImageTag }).tag,
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
  LayerTags.apply(backend, { environment, layer: 'compute', ...ownership });
  acknowledgeFindings(backend, config);
  backend.publish(new SsmContract({ environment, stack: 'compute' }));
  return backend;
}
