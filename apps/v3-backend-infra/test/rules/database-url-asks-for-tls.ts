import { resources, type Rule } from './rule';

/** PostgreSQL from 15 on refuses clients without TLS on RDS. */
export const databaseUrlAsksForTls: Rule = (stacks) =>
  resources(stacks, 'AWS::SecretsManager::Secret')
    .filter(({ Properties }) => JSON.stringify(Properties).includes('postgresql://'))
    .filter(({ Properties }) => !/sslmode=(require|verify-full)/.test(JSON.stringify(Properties.SecretString)))
    .map(({ at }) => at);
