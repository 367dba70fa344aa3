import { PropsValidation } from '@v3-backend/core';
import { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metric } from './private/metrics';
import { validateNames } from './private/named';
import { graph, heading } from './private/widgets';

/** Properties of `FailedDeployments`. */
export interface FailedDeploymentsProps {
  /** Name of the ECS cluster, in the account and region of the stack. */
  readonly clusterName: string;

  /** ECS service name by the name that is used elsewhere, e.g. `{ api: 'api-1AB2' }`. */
  readonly serviceNames: { [service: string]: string };

  /**
   * Who is told. Its policy, and its key's if it is encrypted, must allow `events.amazonaws.com` to publish, as those of
   * `AlarmTopics` do.
   */
  readonly topic: sns.ITopic;
}

/**
 * Tells when a deployment of an ECS service fails, and why. ECS sends the event for services with a deployment circuit
 * breaker.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 */
export class FailedDeployments extends Construct {
  /** Which events are told. */
  public readonly rule: events.IRule;
  /** A section of a dashboard. */
  public readonly widgets: cloudwatch.IWidget[];

  /** @throws when there is no service, or a name is malformed. */
  constructor(scope: Construct, id: string, props: FailedDeploymentsProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateNames(validation, 'serviceNames', props.serviceNames);
    validation.throwIfInvalid();

    const serviceArns = Object.values(props.serviceNames).map((name) =>
      Stack.of(this).formatArn({ service: 'ecs', resource: 'service', resourceName: `${props.clusterName}/${name}` }),
    );
    this.rule = new events.Rule(this, 'Rule', {
      description: 'Deployments of services that failed',
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Deployment State Change'],
        resources: serviceArns,
        detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
      },
      targets: [{ bind: () => ({ arn: props.topic.topicArn, input: message(), targetResource: props.topic }) }],
    });
    const failed = metric('AWS/Events', 'MatchedEvents', { RuleName: this.rule.ruleName }, 'Sum');
    this.widgets = [heading('Deployments'), graph('Failed deployments', { failed })];
  }
}

function message(): events.RuleTargetInput {
  const field = (path: string) => events.EventField.fromPath(path);
  return events.RuleTargetInput.fromText(
    `The deployment ${field('$.detail.deploymentId')} of ${field('$.resources[0]')} failed: ${field('$.detail.reason')}`,
  );
}
