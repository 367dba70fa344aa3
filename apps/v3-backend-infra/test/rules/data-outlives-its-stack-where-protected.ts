import { resources, type Rule } from './rule';

/** And nowhere else: what is left behind of a disposable environment is in the way of the next one. */
export const dataOutlivesItsStackWhereProtected: Rule = (stacks, { protect }) =>
  [
    ...resources(stacks, 'AWS::RDS::DBInstance').map((one) => ({ ...one, kept: 'Snapshot' })),
    ...resources(stacks, 'AWS::S3::Bucket').map((one) => ({ ...one, kept: 'Retain' })),
  ]
    .filter(({ DeletionPolicy, kept }) => DeletionPolicy !== (protect ? kept : 'Delete'))
    .map(({ at }) => at);
