import { PropsValidation, type SsmContract } from '@v3-backend/core';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as servicediscovery from 'aws-cdk-lib/aws-servicediscovery';
import { Construct, type IDependable } from 'constructs';
import { ApiService } from './api-service';
import { BackendCluster } from './backend-cluster';
import type { FargateBackendAttributes, IFargateBackend } from './fargate-backend-attributes';
import type { FargateBackendProps } from './fargate-backend-props';
import { MigrationRun } from './migration-run';
import { MigrationTask } from './migration-task';
import { imageOf, TAG_OR_DIGEST, TAG_OR_DIGEST_IN_WORDS } from './private/image';
import { SchedulerService } from './scheduler-service';
import { ServiceRestart } from './service-restart';
import { WorkerService } from './worker-service';

/**
 * A containerised backend on ECS Fargate: one image as API, worker, scheduler and migration, behind the target groups
 * and with the roles, log groups and secrets that other layers own.
 */
export class FargateBackend extends Construct implements IFargateBackend {
  /** A backend of another stack, by its names. */
  public static fromFargateBackendAttributes(
    _scope: Construct,
    _id: string,
    attributes: FargateBackendAttributes,
  ): IFargateBackend {
    return attributes;
  }

  /**
   * A backend of another stack, by what that publishes. Only what a template uses is read, so that the reading stack is
   * not deployed again because of a value, such as the image's tag, that it has no use for.
   */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IFargateBackend {
    const read = (key: string) => contract.read(scope, key);
    return FargateBackend.fromFargateBackendAttributes(scope, id, {
      clusterName: read('clusterName'),
      clusterArn: read('clusterArn'),
      apiServiceName: read('apiServiceName'),
      workerServiceName: read('workerServiceName'),
      schedulerServiceName: read('schedulerServiceName'),
      apiTaskDefinitionFamily: read('apiTaskDefinitionFamily'),
      workerTaskDefinitionFamily: read('workerTaskDefinitionFamily'),
      schedulerTaskDefinitionFamily: read('schedulerTaskDefinitionFamily'),
      migrationTaskDefinitionFamily: read('migrationTaskDefinitionFamily'),
      namespaceName: read('namespaceName'),
      namespaceId: read('namespaceId'),
      currentImageTag: read('currentImageTag'),
    });
  }

  /** The cluster. */
  public readonly cluster: ecs.ICluster;
  /** The Cloud Map namespace in which the services are registered. */
  public readonly discoveryNamespace: servicediscovery.IPrivateDnsNamespace;
  /** The service that answers requests. */
  public readonly apiService: ecs.FargateService;
  /** The service that works on queued jobs. */
  public readonly workerService: ecs.FargateService;
  /** The service that starts jobs by the clock. */
  public readonly schedulerService: ecs.FargateService;
  /** What the API's tasks are. */
  public readonly apiTaskDefinition: ecs.FargateTaskDefinition;
  /** What the worker's tasks are. */
  public readonly workerTaskDefinition: ecs.FargateTaskDefinition;
  /** What the scheduler's tasks are. */
  public readonly schedulerTaskDefinition: ecs.FargateTaskDefinition;
  /** What the migration's tasks are. */
  public readonly migrationTaskDefinition: ecs.FargateTaskDefinition;

  public readonly clusterName: string;
  public readonly clusterArn: string;
  public readonly apiServiceName: string;
  public readonly workerServiceName: string;
  public readonly schedulerServiceName: string;
  public readonly apiTaskDefinitionFamily: string;
  public readonly workerTaskDefinitionFamily: string;
  public readonly schedulerTaskDefinitionFamily: string;
  public readonly migrationTaskDefinitionFamily: string;
  public readonly namespaceName: string;
  public readonly namespaceId: string;
  public readonly currentImageTag: string;

  /** @throws when a prop is out of range; all problems of one part in one error. */
  constructor(scope: Construct, id: string, props: FargateBackendProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.matches('imageTag', TAG_OR_DIGEST, TAG_OR_DIGEST_IN_WORDS, props.imageTag);
    validation.holds(
      props.containerInsights !== ecs.ContainerInsights.DISABLED || (props.worker.queues ?? []).length === 0,
      'containerInsights must not be DISABLED where worker.queues are given: scaling on them needs its metrics',
    );
    validation.throwIfInvalid();

    const cluster = new BackendCluster(this, 'Cluster', props);
    const { executionRole, taskRole, environment, secrets, cpuArchitecture, readonlyRootFilesystem } = props;
    const image = imageOf(props.repository, props.imageTag);
    const tasks = { image, executionRole, taskRole, environment, secrets, cpuArchitecture, readonlyRootFilesystem };
    const { securityGroup, vpcSubnets, port, enableExecuteCommand, serviceConnect } = props;
    const network = {
      cluster: cluster.cluster,
      discoveryNamespace: cluster.discoveryNamespace,
      securityGroup,
      vpcSubnets,
      port,
    };
    const services = { ...tasks, ...network, enableExecuteCommand, serviceConnect };

    const migration = new MigrationTask(this, 'Migration', { ...tasks, ...props.migration });
    const migrated = this.runMigration(migration, cluster.cluster, props);
    const api = new ApiService(this, 'Api', { ...services, ...props.api });
    const worker = new WorkerService(this, 'Worker', { ...services, ...props.worker });
    const scheduler = new SchedulerService(this, 'Scheduler', { ...services, ...props.scheduler });
    for (const { service } of [api, worker, scheduler]) service.node.addDependency(cluster, migrated);
    const { restartOnRotationOf: rotatedSecrets = [], restartOn: eventPatterns = {} } = props;
    if (rotatedSecrets.length + Object.keys(eventPatterns).length > 0) {
      const restarted = { Api: api.service, Worker: worker.service, Scheduler: scheduler.service };
      new ServiceRestart(this, 'Restart', { services: restarted, rotatedSecrets, eventPatterns });
    }

    this.cluster = cluster.cluster;
    this.clusterName = this.cluster.clusterName;
    this.clusterArn = this.cluster.clusterArn;
    this.discoveryNamespace = cluster.discoveryNamespace;
    this.namespaceName = this.discoveryNamespace.namespaceName;
    this.namespaceId = this.discoveryNamespace.namespaceId;
    this.apiService = api.service;
    this.apiServiceName = api.service.serviceName;
    this.apiTaskDefinition = api.taskDefinition;
    this.apiTaskDefinitionFamily = api.taskDefinition.family;
    this.workerService = worker.service;
    this.workerServiceName = worker.service.serviceName;
    this.workerTaskDefinition = worker.taskDefinition;
    this.workerTaskDefinitionFamily = worker.taskDefinition.family;
    this.schedulerService = scheduler.service;
    this.schedulerServiceName = scheduler.service.serviceName;
    this.schedulerTaskDefinition = scheduler.taskDefinition;
    this.schedulerTaskDefinitionFamily = scheduler.taskDefinition.family;
    this.migrationTaskDefinition = migration.taskDefinition;
    this.migrationTaskDefinitionFamily = migration.taskDefinition.family;
    this.currentImageTag = props.imageTag;
  }

  /** Publishes the complete set of the backend's values; the README lists the keys. */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      clusterName: this.clusterName,
      clusterArn: this.clusterArn,
      apiServiceName: this.apiServiceName,
      workerServiceName: this.workerServiceName,
      schedulerServiceName: this.schedulerServiceName,
      apiTaskDefinitionFamily: this.apiTaskDefinitionFamily,
      workerTaskDefinitionFamily: this.workerTaskDefinitionFamily,
      schedulerTaskDefinitionFamily: this.schedulerTaskDefinitionFamily,
      migrationTaskDefinitionFamily: this.migrationTaskDefinitionFamily,
      namespaceName: this.namespaceName,
      namespaceId: this.namespaceId,
      currentImageTag: this.currentImageTag,
    });
  }

  /** What is in place when the schema is the one that the services need. */
  private runMigration(task: MigrationTask, cluster: ecs.ICluster, props: FargateBackendProps): IDependable {
    const { runBeforeServices, logGroup, timeout } = props.migration;
    if (runBeforeServices === false) return task;
    const { securityGroup, vpcSubnets } = props;
    const { taskDefinition } = task;
    return new MigrationRun(task, 'Run', { cluster, taskDefinition, securityGroup, vpcSubnets, logGroup, timeout });
  }
}
