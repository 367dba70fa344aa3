import { BackendLoadBalancer, type IBackendLoadBalancer } from '@v3-backend/alb';
import { FargateBackend, type IFargateBackend } from '@v3-backend/compute';
import { LayerTags, Naming, SsmContract } from '@v3-backend/core';
import { type IPostgresDatabase, type IQueues, PostgresDatabase, Queues } from '@v3-backend/data';
import { Monitoring } from '@v3-backend/observability';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

export interface MonitoringStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  /** The sqs stack's queues, where stacks refer to each other directly. @default - read from SSM */
  readonly queues?: IQueues;
  /** The database stack's database, where stacks refer to each other directly. @default - read from SSM */
  readonly database?: IPostgresDatabase;
  /** The alb stack's load balancer, where stacks refer to each other directly. @default - read from SSM */
  readonly loadBalancer?: IBackendLoadBalancer;
  /** The compute stack's services, where stacks refer to each other directly. @default - read from SSM */
  readonly backend?: IFargateBackend;
}

/** Alarms, the dashboard, and the topics that people subscribe to. */
export class MonitoringStack extends Stack {
  public readonly monitoring: Monitoring;

  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, props);
    const { environment, monitoring, protect } = props.config;
    LayerTags.apply(this, { environment, layer: 'observability', ...props.config.ownership });
    const contract = (stack: string) => new SsmContract({ environment, stack });
    const queues = props.queues ?? Queues.fromSsm(this, 'Queues', contract('sqs'));
    const database = props.database ?? PostgresDatabase.fromSsm(this, 'Database', contract('database'));
    const loadBalancer = props.loadBalancer ?? BackendLoadBalancer.fromSsm(this, 'LoadBalancer', contract('alb'));
    const backend = props.backend ?? FargateBackend.fromSsm(this, 'Backend', contract('compute'));

    this.monitoring = new Monitoring(this, 'Monitoring', {
      dashboardName: new Naming({ environment }).resourceName('operations'),
      criticalEmails: monitoring.alarmEmails,
      warningEmails: monitoring.alarmEmails,
      protect,
      loadBalancer: {
        loadBalancerFullName: loadBalancer.loadBalancerFullName,
        targetGroupFullNames: {
          api: loadBalancer.apiTargetGroupFullName,
          worker: loadBalancer.workerTargetGroupFullName,
          scheduler: loadBalancer.schedulerTargetGroupFullName,
        },
      },
      services: {
        clusterName: backend.clusterName,
        serviceNames: {
          api: backend.apiServiceName,
          worker: backend.workerServiceName,
          scheduler: backend.schedulerServiceName,
        },
      },
      queues: {
        queues: {
          backgroundJobs: { queue: queues.backgroundJobQueue, deadLetterQueue: queues.backgroundJobDeadLetterQueue },
          dataRefresh: { queue: queues.dataRefreshQueue, deadLetterQueue: queues.dataRefreshDeadLetterQueue },
          notifications: { queue: queues.notificationQueue, deadLetterQueue: queues.notificationDeadLetterQueue },
        },
      },
      database: {
        instanceIdentifier: database.instanceIdentifier,
        instanceType: new InstanceType(props.config.database.instanceType),
        allocatedStorageGiB: props.config.database.allocatedStorageGiB,
      },
    });
    this.monitoring.publish(contract('monitoring'));
  }
}
