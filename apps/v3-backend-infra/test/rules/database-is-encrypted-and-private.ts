import { resources, type Rule } from './rule';

/** The L2 encrypts only if told to. */
export const databaseIsEncryptedAndPrivate: Rule = (stacks) =>
  resources(stacks, 'AWS::RDS::DBInstance')
    .filter(({ Properties }) => Properties.StorageEncrypted !== true || Properties.PubliclyAccessible !== false)
    .map(({ at }) => at);
