import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { checkEach, unlessMissing, Untrue } from '../check';

/** Secrets exist, have a value, and are not about to be deleted. The value is not read. */
export const secretsExist = checkEach({
  name: 'secrets exist and have a value',
  topic: 'resources',
  type: 'AWS::SecretsManager::Secret',
  look: async ({ physicalId, stack }, aws) => {
    const client = await aws.reader(SecretsManagerClient, stack.place);
    const found = await unlessMissing(
      client.send(new DescribeSecretCommand({ SecretId: physicalId })),
      'ResourceNotFoundException',
    );
    if (!found) throw new Untrue('it does not exist');
    if (found.DeletedDate) throw new Untrue(`it is deleted for good on ${found.DeletedDate.toISOString()}`);
    const current = Object.entries(found.VersionIdsToStages ?? {}).find(([, stages]) => stages.includes('AWSCURRENT'));
    if (!current) throw new Untrue('it has no value');
    return `${found.Name}, version ${current[0]}`;
  },
});
