import { GetBucketEncryptionCommand, GetPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { checkEach, unlessMissing, Untrue } from '../check';

/** Buckets exist, and nothing in them can be made public. */
export const bucketsArePrivate = checkEach({
  name: 'buckets exist, and block public access',
  topic: 'connectivity',
  type: 'AWS::S3::Bucket',
  look: async ({ physicalId: Bucket, stack }, aws) => {
    const client = await aws.reader(S3Client, stack.place);
    const answer = await unlessMissing(
      client.send(new GetPublicAccessBlockCommand({ Bucket })),
      'NoSuchBucket',
      'NoSuchPublicAccessBlockConfiguration',
    );
    if (!answer) throw new Untrue(`${Bucket} does not exist, or blocks no public access`);
    const { BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets } =
      answer.PublicAccessBlockConfiguration ?? {};
    const open = Object.entries({ BlockPublicAcls, BlockPublicPolicy, IgnorePublicAcls, RestrictPublicBuckets })
      .filter(([, on]) => on !== true)
      .map(([name]) => name);
    if (open.length > 0) throw new Untrue(`${Bucket}: ${open.join(', ')} is off`);
    return Bucket;
  },
});

/** Buckets encrypt what is put into them. */
export const bucketsAreEncrypted = checkEach({
  name: 'buckets are encrypted',
  topic: 'connectivity',
  reliesOn: 'encryption',
  type: 'AWS::S3::Bucket',
  look: async ({ physicalId: Bucket, stack }, aws) => {
    const client = await aws.reader(S3Client, stack.place);
    const answer = await unlessMissing(
      client.send(new GetBucketEncryptionCommand({ Bucket })),
      'NoSuchBucket',
      'ServerSideEncryptionConfigurationNotFoundError',
    );
    const rules = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
    const algorithm = rules[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
    if (algorithm === undefined) throw new Untrue(`${Bucket} is not encrypted`);
    return `${Bucket}, ${algorithm}`;
  },
});
