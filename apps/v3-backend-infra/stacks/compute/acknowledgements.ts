import type { FargateBackend } from '@v3-backend/compute';
import { Stack, Validations } from 'aws-cdk-lib';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(backend: FargateBackend): void {
  Validations.of(backend).acknowledge({
    id: 'AwsSolutions-ECS2',
    reason:
      'The variables name places and settings. Secrets are injected by ECS from Secrets Manager, and a rule over the ' +
      'templates fails where a variable refers to a secret.',
  });
  acknowledgeMigration(backend);
}

/** The functions that run the migration within the deployment, and the state machine of the CDK that waits for it. */
function acknowledgeMigration(backend: FargateBackend): void {
  const acknowledge = (id: string, reason: string) =>
    Validations.of(backend.node.findChild('Migration')).acknowledge({ id: `AwsSolutions-${id}`, reason });
  const { region, account } = Stack.of(backend);
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
