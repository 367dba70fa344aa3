import { resources, type Rule } from './rule';

export const bucketsAreEncryptedAndPrivate: Rule = (stacks) =>
  resources(stacks, 'AWS::S3::Bucket')
    .filter(
      ({ Properties: { BucketEncryption, PublicAccessBlockConfiguration: block = {} } }) =>
        !BucketEncryption ||
        ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].some(
          (key) => !block[key],
        ),
    )
    .map(({ at }) => at);
