import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { FargateBackend, type FargateBackendProps } from '../src/index';

export const env = { account: '123456789012', region: 'eu-west-1' };
export const contract = new SsmContract({ environment: 'development', stack: 'compute' });

export function stackWith(flags: { [flag: string]: unknown } = recommendedFlags): Stack {
  return new Stack(new App({ context: flags }), 'compute', { env });
}

/** What other stacks own, as another stack sees it. */
export function imported(scope: Stack): FargateBackendProps {
  const vpc = ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const service = (name: string) => ({
    logGroup: logs.LogGroup.fromLogGroupName(scope, `${name}Logs`, `/logs/${name}`),
    targetGroup: elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(scope, `${name}Targets`, {
      targetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}/73e2d6bc24d8a067`,
    }),
  });
  return {
    vpc,
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(scope, 'Tasks', 'sg-1', { mutable: false }),
    repository: ecr.Repository.fromRepositoryName(scope, 'Repository', 'backend'),
    imageTag: 'v1',
    executionRole: iam.Role.fromRoleName(scope, 'ExecutionRole', 'execution', { mutable: false }),
    taskRole: iam.Role.fromRoleName(scope, 'TaskRole', 'task', { mutable: false }),
    api: service('api'),
    worker: service('worker'),
    scheduler: service('scheduler'),
    migration: { logGroup: logs.LogGroup.fromLogGroupName(scope, 'MigrationLogs', '/logs/migration') },
  };
}

export function maximal(scope: Stack): FargateBackendProps {
  const base = imported(scope);
  const queue = (name: string) => sqs.Queue.fromQueueArn(scope, name, `arn:aws:sqs:eu-west-1:123456789012:${name}`);
  const secret = secretsmanager.Secret.fromSecretCompleteArn(
    scope,
    'Url',
    'arn:aws:secretsmanager:eu-west-1:123456789012:secret:url-AbCdEf',
  );
  return {
    ...base,
    environment: { LOG_LEVEL: 'info' },
    secrets: { DATABASE_URL: ecs.Secret.fromSecretsManager(secret) },
    port: 8080,
    cpuArchitecture: ecs.CpuArchitecture.X86_64,
    enableExecuteCommand: true,
    namespaceName: 'development.backend.internal',
    containerInsights: ecs.ContainerInsights.ENHANCED,
    api: {
      ...base.api,
      family: 'api-task',
      cpu: 1024,
      memoryMiB: 2048,
      minCapacity: 3,
      maxCapacity: 12,
      loadBalancerFullName: 'app/backend/50dc6c495c0c9188',
      targetGroupFullName: 'targetgroup/api/73e2d6bc24d8a067',
      requestsPerTaskPerMinute: 500,
      healthCheckGracePeriod: Duration.seconds(180),
      environmentOverrides: { LOG_LEVEL: 'warn' },
    },
    worker: {
      ...base.worker,
      queues: [queue('jobs'), queue('refresh')],
      spotPercent: 70,
      command: ['node', 'worker.js'],
      stopTimeout: Duration.seconds(100),
      healthCheckCommand: ['CMD-SHELL', 'test -f /tmp/alive'],
    },
  };
}

export function templateOf(
  props: (scope: Stack) => FargateBackendProps,
  flags?: { [flag: string]: unknown },
): Template {
  const stack = stackWith(flags);
  new FargateBackend(stack, 'Backend', props(stack)).publish(contract);
  return Template.fromStack(stack);
}
