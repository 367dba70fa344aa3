import { PropsValidation } from '@v3-backend/core';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

/** Properties of a `RotationRestart`. */
export interface RotationRestartProps {
  /** The secrets whose rotation is waited for. An import needs the complete ARN. */
  readonly secrets: secretsmanager.ISecret[];

  /** The services whose tasks are replaced, by a name of your choice. */
  readonly services: { [name: string]: ecs.FargateService };
}

/**
 * Replaces the tasks of services when a secret has been rotated: tasks read secrets only when they start.
 *
 * Secrets Manager reports a rotation through CloudTrail, so the account needs a trail that records management events.
 */
export class RotationRestart extends Construct {
  /** @throws when there is no secret or no service. */
  constructor(scope: Construct, id: string, props: RotationRestartProps) {
    super(scope, id);
    const services = Object.entries(props.services);
    const validation = new PropsValidation(this);
    validation.holds(props.secrets.length > 0, 'secrets must have one secret or more');
    validation.holds(services.length > 0, 'services must have one service or more');
    validation.throwIfInvalid();

    const restarts = new sfn.Parallel(this, 'AllServices');
    for (const [name, service] of services) restarts.branch(this.restartOf(name, service));
    const machine = new sfn.StateMachine(this, 'Restart', {
      definitionBody: sfn.DefinitionBody.fromChainable(restarts),
    });
    new events.Rule(this, 'OnRotation', {
      description: 'Replaces the tasks that have read a secret before it was rotated',
      eventPattern: {
        source: ['aws.secretsmanager'],
        detailType: ['AWS Service Event via CloudTrail'],
        detail: {
          eventName: ['RotationSucceeded'],
          additionalEventData: { SecretId: props.secrets.map(({ secretArn }) => secretArn) },
        },
      },
      targets: [new SfnStateMachine(machine)],
    });
  }

  /** A deployment of the revision that runs, with the service's own rules for deployments. */
  private restartOf(name: string, service: ecs.FargateService): sfn.IChainable {
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
