import { RemovalPolicy } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { PostgresSettings } from './postgres-settings';

/**
 * The owner's name and generated password. The key is the one that AWS manages, which every role of the account may use
 * through Secrets Manager: no other key that proxy, rotation and services would have to be granted.
 */
export function createCredentials(scope: Construct, { username, protect }: PostgresSettings): secretsmanager.Secret {
  return new secretsmanager.Secret(scope, 'Credentials', {
    description: 'Owner of the database',
    removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ username }),
      generateStringKey: 'password',
      passwordLength: 40,
      // No character that a connection URL would have to escape.
      excludePunctuation: true,
    },
  });
}
