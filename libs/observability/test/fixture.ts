import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { Monitoring, type MonitoringProps } from '../src/index';

export const ENV = { account: '123456789012', region: 'eu-west-1' };
export const CERTIFICATE_ARN = 'arn:aws:acm:eu-west-1:123456789012:certificate/1';

type Flags = { [flag: string]: unknown };

export const contract = (stack: string) => new SsmContract({ environment: 'development', stack });

export function stackWith(flags: Flags = recommendedFlags, env: typeof ENV | undefined = ENV): Stack {
  return new Stack(new App({ context: flags }), 'stack', { env });
}

export function publishedKeys(template: Template): string[] {
  const parameters = Object.values(template.findResources('AWS::SSM::Parameter'));
  return parameters.map(({ Properties }) => Properties.Name.split('/').at(-1)).sort();
}

export function readParameters(stack: Stack): unknown[] {
  return Object.values(Template.fromStack(stack).findParameters('*')).map(({ Default }) => Default);
}

export function queueNamed(stack: Stack, name: string) {
  const queue = (name: string) => sqs.Queue.fromQueueArn(stack, name, `arn:aws:sqs:eu-west-1:123456789012:${name}`);
  return { queue: queue(name), deadLetterQueue: queue(`${name}-dlq`) };
}

/** Every part, with defaults: all that is known are names. */
export function everyPart(stack: Stack): MonitoringProps {
  return {
    loadBalancer: {
      loadBalancerFullName: 'app/backend/1',
      targetGroupFullNames: { api: 'targetgroup/api/1', worker: 'targetgroup/worker/1' },
    },
    services: { clusterName: 'cluster', serviceNames: { api: 'api-1', worker: 'worker-1' } },
    queues: { queues: { jobs: queueNamed(stack, 'jobs') } },
    database: {
      instanceIdentifier: 'db-1',
      allocatedStorageGiB: 20,
      instanceType: new ec2.InstanceType('t4g.micro'),
    },
    webAcl: { webAclMetricName: 'acl' },
    certificates: { certificateArns: { api: CERTIFICATE_ARN } },
    logForwarder: { functionName: 'forwarder', deadLetterQueueName: 'forwarder-dlq' },
  };
}

/** Every part and every option. */
export function everything(stack: Stack): MonitoringProps {
  const parts = everyPart(stack);
  return {
    ...parts,
    dashboardName: 'operations',
    criticalEmails: ['oncall@example.com'],
    warningEmails: ['team@example.com'],
    protect: false,
    queues: { ...parts.queues!, maxDepth: 1000 },
    webAcl: { ...parts.webAcl!, rateLimitMetricNames: ['all', 'login'], maxBlockedPercent: 20 },
  };
}

export function monitoringTemplate(props: (stack: Stack) => MonitoringProps, stack: Stack = stackWith()): Template {
  new Monitoring(stack, 'Monitoring', props(stack)).publish(contract('monitoring'));
  return Template.fromStack(stack);
}
