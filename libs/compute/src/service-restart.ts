import { PropsValidation } from '@v3-backend/core';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { sortedByName } from './private/sorted-by-name';

/** Properties of a `ServiceRestart`. */
export interface ServiceRestartProps {
  /** The services whose tasks are replaced, by a name of your choice. */
  readonly services: { [name: string]: ecs.IBaseService };

  /**
   * Secrets after whose rotation tasks are replaced. An import needs the complete ARN.
   *
   * Secrets Manager reports a rotation through CloudTrail, so the account needs a trail of management events.
   *
   * @default - none
   */
  readonly rotatedSecrets?: secretsmanager.ISecret[];

  /**
   * Events of the default bus after which tasks are replaced, by a name of your choice.
   *
   * @default - none
   */
  readonly eventPatterns?: { [name: string]: events.EventPattern };
}

/**
 * Replaces the tasks of services when what they read only as they start has changed, such as a secret. Each service is
 * deployed once more, by its own rules for deployments.
 */
export class ServiceRestart extends Construct {
  /** @throws when there is no service, or neither a secret nor an event. */
  constructor(scope: Construct, id: string, props: ServiceRestartProps) {
    super(scope, id);
    const { rotatedSecrets = [], eventPatterns = {} } = props;
    const services = Object.entries(sortedByName(props.services));
    const validation = new PropsValidation(this);
    validation.holds(services.length > 0, 'services must have one service or more');
    validation.holds(
      rotatedSecrets.length + Object.keys(eventPatterns).length > 0,
      'rotatedSecrets or eventPatterns must say after what services are restarted',
    );
    validation.throwIfInvalid();

    const restarts = new sfn.Parallel(this, 'AllServices');
    for (const [name, service] of services) restarts.branch(this.restartOf(name, service));
    const machine = new sfn.StateMachine(this, 'Restart', {
      definitionBody: sfn.DefinitionBody.fromChainable(restarts),
    });
    const targets = [new SfnStateMachine(machine)];
    if (rotatedSecrets.length > 0) {
      new events.Rule(this, 'Rotation', { eventPattern: rotationOf(rotatedSecrets), targets });
    }
    const others = new Construct(this, 'Events');
    for (const [name, eventPattern] of Object.entries(eventPatterns)) {
      new events.Rule(others, name, { eventPattern, targets });
    }
  }

  private restartOf(name: string, service: ecs.IBaseService): sfn.IChainable {
    return new CallAwsService(this, name, {
      service: 'ecs',
      action: 'updateService',
      parameters: {
        Cluster: service.cluster.clusterArn,
        Service: service.serviceName,
        ForceNewDeployment: true,
      },
      iamResources: [service.serviceArn],
      resultPath: sfn.JsonPath.DISCARD,
    }).addRetry({ maxAttempts: 5 });
  }
}

function rotationOf(secrets: secretsmanager.ISecret[]): events.EventPattern {
  return {
    source: ['aws.secretsmanager'],
    detailType: ['AWS Service Event via CloudTrail'],
    detail: {
      eventName: ['RotationSucceeded'],
      additionalEventData: { SecretId: secrets.map(({ secretArn }) => secretArn) },
    },
  };
}
