import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DatabaseUrlSecret } from './index';

const newStack = () => new Stack(new App(), 'Shared');

describe('DATABASE_URL', () => {
  test('is composed by CloudFormation, so that the template has references in place of user and password', () => {
    const stack = newStack();
    const credentialsSecret = new secretsmanager.Secret(stack, 'Credentials');
    const database = { host: 'db.example.com', port: '5432', databaseName: 'shop', credentialsSecret };
    new DatabaseUrlSecret(stack, 'Url', { database });

    const [secret] = Object.entries(Template.fromStack(stack).findResources('AWS::SecretsManager::Secret'))
      .filter(([id]) => id.startsWith('Url'))
      .map(([, resource]) => resource);
    const parts: unknown[] = secret!.Properties.SecretString['Fn::Join'][1];
    const url = parts.map((part) => (typeof part === 'string' ? part : '<credentials>')).join('');
    expect(url).toBe(
      'postgresql://{{resolve:secretsmanager:<credentials>:SecretString:username::}}' +
        ':{{resolve:secretsmanager:<credentials>:SecretString:password::}}@db.example.com:5432/shop?sslmode=require',
    );
  });

  test('an invalid port or database name is refused', () => {
    const stack = newStack();
    const credentialsSecret = secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'db');
    expect(
      () =>
        new DatabaseUrlSecret(stack, 'Url', {
          database: { host: 'db', port: '0', databaseName: 'my-db', credentialsSecret },
        }),
    ).toThrow(/database\.port must be a whole number from 1 to 65535, got 0\n.*databaseName must be.*"my-db"/);
  });
});
