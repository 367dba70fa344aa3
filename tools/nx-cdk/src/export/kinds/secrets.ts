import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Clients } from '../../live-state/aws-clients';
import type { ExportedSecret } from '../environment-export';
import { ownerOf } from '../secret-ownership';
import type { SecretValue } from '../secret-values';
import { resourcesOf, type SourceResource, type SourceStack } from '../source';

/** The type that is exported. */
export const SECRET = 'AWS::SecretsManager::Secret';

/** A client for secrets, with the credentials of the clients. */
export const secretsClient = ({ config, watched }: Clients): SecretsManagerClient =>
  watched(new SecretsManagerClient(config));

/** The secrets of stacks, without their values. One that was deleted behind CloudFormation's back is left out. */
export async function readSecrets(
  stacks: readonly SourceStack[],
  everything: readonly SourceStack[],
  clients: Clients,
): Promise<ExportedSecret[]> {
  const client = secretsClient(clients);
  const found = await Promise.all(
    resourcesOf(stacks, SECRET).map(async (resource) => {
      const described = await describe(client, resource.physicalId);
      return described === undefined ? [] : [exportedSecret(resource, described, everything)];
    }),
  );
  return found.flat();
}

/** A secret as it is exported. */
export function exportedSecret(
  resource: SourceResource,
  described: DescribeSecretCommandOutput,
  stacks: readonly SourceStack[],
): ExportedSecret {
  const { stack, logicalId, region, physicalId, declared } = resource;
  const versions = Object.entries(described.VersionIdsToStages ?? {});
  return {
    stack,
    logicalId,
    name: described.Name ?? '',
    arn: described.ARN ?? physicalId,
    region,
    currentVersionId: versions.find(([, stages]) => stages.includes('AWSCURRENT'))?.[0] ?? null,
    rotation: {
      enabled: described.RotationEnabled ?? false,
      afterDays: described.RotationRules?.AutomaticallyAfterDays,
      lambdaArn: described.RotationLambdaARN || undefined,
    },
    kmsKeyId: described.KmsKeyId ?? null,
    ...ownerOf(resource, stacks),
    hasFixedName: declared?.Properties?.['Name'] !== undefined,
  };
}

/** @returns undefined where there is no such secret, or where it is about to be deleted. */
async function describe(client: SecretsManagerClient, SecretId: string) {
  try {
    const described = await client.send(new DescribeSecretCommand({ SecretId }));
    return described.DeletedDate === undefined ? described : undefined;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** A secret's current value; undefined where it has none. */
export async function readValue(client: SecretsManagerClient, arn: string): Promise<SecretValue | undefined> {
  try {
    const { SecretString, SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString !== undefined) return { text: SecretString };
    return SecretBinary === undefined ? undefined : { base64: Buffer.from(SecretBinary).toString('base64') };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Gives a secret a value. */
export async function writeValue(client: SecretsManagerClient, arn: string, value: SecretValue): Promise<void> {
  await client.send(
    new PutSecretValueCommand({
      SecretId: arn,
      ...('text' in value
        ? { SecretString: value.text }
        : { SecretBinary: new Uint8Array(Buffer.from(value.base64, 'base64')) }),
    }),
  );
}
