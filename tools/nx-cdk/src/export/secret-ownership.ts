import type { SecretOwnership } from './environment-export';
import { resourcesOf, type SourceResource, type SourceStack } from './source';

/** Types that are created with a password and keep a copy of it. */
const KEEPS_ITS_PASSWORD =
  /^AWS::(RDS|DocDB|Neptune|Redshift|RedshiftServerless|ElastiCache|MemoryDB|OpenSearchService|Elasticsearch|AmazonMQ|DMS|DirectoryService)::/;

/** Whose business a secret's value is, and why. */
export interface Owner {
  readonly ownership: SecretOwnership;
  readonly why: string;
}

/**
 * Says whose business a secret's value is, by the templates as they are deployed.
 *
 * A value that somebody else has a copy of must not be put back alone: a database that was created anew knows only its new
 * password, and a value that CloudFormation composes, for instance the URL of a database, would be of the former one.
 */
export function ownerOf(secret: SourceResource, stacks: readonly SourceStack[]): Owner {
  if (secret.declared?.Properties?.['SecretString'] !== undefined) {
    return { ownership: 'composed', why: 'CloudFormation puts its value together from the template' };
  }
  const attachment = resourcesOf(stacks, 'AWS::SecretsManager::SecretTargetAttachment').find((one) =>
    refersTo(one.declared?.Properties?.['SecretId'], one.of, secret),
  );
  if (attachment) return database(attachment.logicalId);
  const holder = databases(stacks).find(
    ({ declared, of }) =>
      dynamicReferences(declared?.Properties).some((value) => refersTo(value, of, secret)) ||
      refersTo((declared?.Properties?.['MasterUserSecret'] as { SecretArn?: unknown })?.SecretArn, of, secret),
  );
  if (holder) return database(holder.logicalId);
  const schedule = resourcesOf(stacks, 'AWS::SecretsManager::RotationSchedule').find((one) =>
    refersTo(one.declared?.Properties?.['SecretId'], one.of, secret),
  );
  if (schedule) return { ownership: 'rotated', why: `rotation (${schedule.logicalId}) replaces its value` };
  return { ownership: 'own', why: 'only the secret has its value' };
}

const database = (logicalId: string): Owner => ({
  ownership: 'database',
  why: `a database was created with its value (${logicalId}) and knows no other`,
});

function databases(stacks: readonly SourceStack[]): SourceResource[] {
  const types = new Set(stacks.flatMap(({ resources }) => resources.map(({ type }) => type)));
  return resourcesOf(stacks, ...[...types].filter((type) => KEEPS_ITS_PASSWORD.test(type)));
}

/** The values in which a dynamic reference to a secret is, at any depth. */
function dynamicReferences(value: unknown): unknown[] {
  if (typeof value === 'string') return value.includes('{{resolve:secretsmanager:') ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if ('Fn::Join' in value) return JSON.stringify(value).includes('{{resolve:secretsmanager:') ? [value] : [];
  return Object.values(value).flatMap(dynamicReferences);
}

/** Whether a value of a template names a secret: by reference, by a parameter's value, or literally. */
function refersTo(value: unknown, from: SourceStack, { stack, logicalId, physicalId }: SourceResource): boolean {
  if (typeof value === 'string') return value.includes(physicalId);
  if (typeof value !== 'object' || value === null) return false;
  const { Ref: ref } = value as { Ref?: unknown };
  if (typeof ref === 'string') {
    const parameter = from.deployed.parameters[ref];
    const given = parameter?.resolved ?? parameter?.value;
    return given === physicalId || (ref === logicalId && from.stackName === stack);
  }
  return Object.values(value).some((part) => refersTo(part, from, { stack, logicalId, physicalId } as SourceResource));
}
