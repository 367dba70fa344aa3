import type { FargateBackend } from '@v3-backend/compute';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Validations } from 'aws-cdk-lib';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(backend: FargateBackend, config: EnvironmentConfig): void {
  Validations.of(backend).acknowledge({
    id: 'AwsSolutions-ECS2',
    reason:
      'The variables name places and settings. Secrets are injected by ECS from Secrets Manager, and a rule over the ' +
      'templates fails where a variable refers to a secret.',
  });
  acknowledgeMigration(backend, config);
  if (config.database.rotateCredentials) acknowledgeRestart(backend);
}

/** The functions that run the migration within the deployment, and the state machine of the CDK that waits for it. */
function acknowledgeMigration(backend: FargateBackend, { region, account }: EnvironmentConfig): void {
  const acknowledge = (id: string, reason: string) =>
    Validations.of(backend.node.findChild('Migration')).acknowledge({ id: `AwsSolutions-${id}`, reason });
  const family = backend.migrationTaskDefinitionFamily;

  acknowledge('IAM5[Resource::*]', 'ecs:ListTasks has no resources on Fargate. A condition limits it to this cluster.');
  acknowledge(
    `IAM5[Resource::arn:aws:ecs:${region}:${account}:task-definition/${family}:*]`,
    'All revisions of the one migration: each deployment makes a new one. A condition limits them to this cluster.',
  );
  acknowledge(
    `IAM5[Resource::arn:aws:ecs:${region}:${account}:task/<reference>/*]`,
    'Tasks of this cluster, whose ids are not known before they run: describing, stopping, and tagging them at the start.',
  );
  acknowledge(
    'IAM5[Resource::<reference>:*]',
    'The framework of the CDK invokes the one function in any of its versions, which is what it has to do.',
  );
  acknowledge(
    'SF1',
    'The state machine of the CDK only polls. The functions it calls log what they do, and its failures end the deployment ' +
      'with a reason.',
  );
  acknowledge(
    'SF2',
    'A trace of polling once in a while for the end of a task would show nothing that the log does not.',
  );
}

/** The state machine that deploys the services once more after a rotation. */
function acknowledgeRestart(backend: FargateBackend): void {
  for (const id of ['AwsSolutions-SF1', 'AwsSolutions-SF2']) {
    Validations.of(backend.node.findChild('Restart')).acknowledge({
      id,
      reason:
        'It makes one call for each service, about once a month. Its history, which AWS keeps for 90 days, and the events ' +
        'of the services have all that a log or a trace would show.',
    });
  }
}
