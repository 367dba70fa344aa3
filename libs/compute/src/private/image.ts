import { Fn, Token } from 'aws-cdk-lib';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';

/** What a tag may be (the grammar of the OCI distribution specification), or a digest in its place. */
export const TAG_OR_DIGEST = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|sha256:[0-9a-f]{64}';
export const TAG_OR_DIGEST_IN_WORDS =
  'an image tag (1 to 128 letters, digits, "_", "." or "-", not starting with "." or "-"), or a digest, "sha256:" and 64 ' +
  'hexadecimal digits';

/**
 * An image by tag or by digest. Where only CloudFormation knows which of the two it is, it replaces the ":" that goes
 * before a tag with the "@" that goes before a digest.
 */
export function imageOf(repository: ecr.IRepository, tagOrDigest: string): ecs.ContainerImage {
  if (!Token.isUnresolved(tagOrDigest)) return ecs.ContainerImage.fromEcrRepository(repository, tagOrDigest);
  const reference = repository.repositoryUriForTag(tagOrDigest);
  return ecs.ContainerImage.fromRegistry(Fn.join('@sha256:', Fn.split(':sha256:', reference)));
}
