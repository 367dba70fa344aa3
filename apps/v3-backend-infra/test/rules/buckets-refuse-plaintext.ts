import { denyPlaintext, resources, type Rule } from './rule';

/** Nothing is read or written but over TLS. */
export const bucketsRefusePlaintext: Rule = (stacks) =>
  resources(stacks, 'AWS::S3::Bucket')
    .filter((bucket) => !denyPlaintext(stacks, 'AWS::S3::BucketPolicy', bucket))
    .map(({ at }) => at);
