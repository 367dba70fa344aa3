import type { PostgresDatabase } from '@v3-backend/data';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { Validations } from 'aws-cdk-lib';

/** What cdk-nag has against this stack's resources, and why they are right as they are. */
export function acknowledgeFindings(database: PostgresDatabase, config: EnvironmentConfig): void {
  const acknowledge = (id: string, reason: string) =>
    Validations.of(database).acknowledge({ id: `AwsSolutions-${id}`, reason });

  acknowledge(
    'RDS11',
    'A port of its own would hide nothing: only the group of the tasks reaches the instance, in isolated subnets. Clients ' +
      'expect 5432.',
  );
  if (!config.protect) {
    const disposable =
      'The environment may be deleted and made anew at any time; what is in its database is test data.';
    acknowledge('RDS10', disposable);
    acknowledge('RDS13', disposable);
  }
  if (config.environment !== 'production') {
    acknowledge(
      'RDS3',
      'A second instance would double the costs. Only production promises to survive the loss of a zone.',
    );
    acknowledge('SMG4', 'The database is only reachable from the tasks of this environment, and has no data of users.');
  }
}
