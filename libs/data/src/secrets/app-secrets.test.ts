import { SsmContract } from '@v3-backend/core';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppSecrets, type AppSecretsProps } from '../index';

const secrets = new SsmContract({ environment: 'test', stack: 'secrets' });

function newStack(): Stack {
  return new Stack(new App(), 'Stack');
}

function templateOf(stack: Stack, props?: AppSecretsProps): Template {
  new AppSecrets(stack, 'Secrets', props).publish(secrets);
  return Template.fromStack(stack);
}

function secretsTemplate(props?: AppSecretsProps): Template {
  return templateOf(newStack(), props);
}

function rotationFunction(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Rotate', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
}

function consumer(): { stack: Stack; role: iam.Role } {
  const stack = new Stack(new App(), 'Consumer');
  return {
    stack,
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }),
  };
}

function readBy(stack: Stack): string[] {
  const parameters = Template.fromStack(stack).findParameters('*', { Default: Match.stringLikeRegexp('^/v3-backend') });
  return Object.values(parameters).map((parameter) => parameter['Default'] as string);
}

describe('application secrets', () => {
  test('are generated, so that no value is in the template, and outlive the stack', () => {
    const template = secretsTemplate();
    template.resourceCountIs('AWS::SecretsManager::Secret', 2);
    template.allResources('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Retain',
      Properties: { Name: Match.absent(), SecretString: Match.absent(), GenerateSecretString: Match.anyValue() },
    });
  });

  test('have a place for Grafana Cloud credentials whose user name is empty until a person sets it', () => {
    secretsTemplate({ protect: false }).hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'Delete',
      Properties: { GenerateSecretString: { SecretStringTemplate: '{"username":""}', GenerateStringKey: 'apiKey' } },
    });
  });

  test('publish ARNs only', () => {
    const published = Object.values(secretsTemplate().findResources('AWS::SSM::Parameter'));
    expect(published.map((p) => [p.Properties.Name, Object.keys(p.Properties.Value)])).toEqual([
      [secrets.parameterName('applicationSecretArn'), ['Ref']],
      [secrets.parameterName('grafanaSecretArn'), ['Ref']],
    ]);
  });

  test('from SSM are granted by their complete ARN, and only what is used is read', () => {
    const { stack, role } = consumer();
    AppSecrets.fromSsm(stack, 'Secrets', secrets).grafanaSecret.grantRead(role);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [Match.objectLike({ Resource: { Ref: Match.stringLikeRegexp('grafanaSecretArn') } })],
      },
    });
    expect(readBy(stack)).toEqual([secrets.parameterName('grafanaSecretArn')]);
  });

  test('from attributes are the given secrets', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:name-AbCdEf';
    const attrs = { applicationSecretArn: arn, grafanaSecretArn: arn };
    const imported = AppSecrets.fromAppSecretsAttributes(new Stack(), 'Secrets', attrs);
    expect(imported.applicationSecret.secretFullArn).toBe(arn);
  });
});

describe('additional secrets', () => {
  test('have the fields that a person may read, and a generated one', () => {
    const template = secretsTemplate({
      additional: {
        mail: { description: 'Mail relay', fields: { username: 'relay' }, generatedField: 'password' },
        paymentProvider: { description: 'Payments' },
      },
    });
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Description: 'Mail relay',
      GenerateSecretString: Match.objectLike({
        SecretStringTemplate: '{"username":"relay"}',
        GenerateStringKey: 'password',
        ExcludePunctuation: true,
      }),
    });
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Description: 'Payments',
      GenerateSecretString: Match.objectLike({ SecretStringTemplate: '{}', GenerateStringKey: 'value' }),
    });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: secrets.parameterName('paymentProviderSecretArn') });
  });

  test('are imported from SSM by their names', () => {
    const { stack, role } = consumer();
    const imported = AppSecrets.fromSsm(stack, 'Secrets', secrets, { additional: ['mail'] });
    imported.additionalSecrets['mail']!.grantRead(role);
    expect(readBy(stack)).toEqual([secrets.parameterName('mailSecretArn')]);
    expect(imported.encryptionKey).toBeUndefined();
  });
});

describe('a key of their own', () => {
  test('encrypts all secrets and is published', () => {
    const stack = newStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const template = templateOf(stack, { encryptionKey, additional: { mail: { description: 'Mail relay' } } });
    template.resourceCountIs('AWS::SecretsManager::Secret', 3);
    template.allResourcesProperties('AWS::SecretsManager::Secret', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: secrets.parameterName('encryptionKeyArn') });
  });

  test('is imported with the secrets, to be granted beside them', () => {
    const { stack, role } = consumer();
    const imported = AppSecrets.fromSsm(stack, 'Secrets', secrets, { customerManagedKey: true });
    expect(imported.applicationSecret.encryptionKey).toBe(imported.encryptionKey);
    imported.encryptionKey!.grantDecrypt(role);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: 'kms:Decrypt',
            Resource: { Ref: Match.stringLikeRegexp('secretsencryptionKeyArn') },
          }),
        ],
      },
    });
    expect(readBy(stack)).toEqual([secrets.parameterName('encryptionKeyArn')]);
  });
});

describe('rotation', () => {
  test('calls the given function, and not because the schedule was changed', () => {
    const stack = newStack();
    const rotation = { rotationFunction: rotationFunction(stack), automaticallyAfter: Duration.days(7) };
    const template = templateOf(stack, {
      applicationRotation: { rotationFunction: rotation.rotationFunction },
      additional: { mail: { description: 'Mail relay', rotation } },
    });
    template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 2);
    template.allResourcesProperties('AWS::SecretsManager::RotationSchedule', { RotateImmediatelyOnUpdate: false });
    for (const ScheduleExpression of ['rate(30 days)', 'rate(7 days)']) {
      template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
        RotationRules: { ScheduleExpression },
      });
    }
  });
});

test('invalid secrets are reported all at once', () => {
  const stack = newStack();
  const rotation = { rotationFunction: rotationFunction(stack), automaticallyAfter: Duration.hours(1) };
  const additional = {
    'mail-relay': { description: 'Not in camel case' },
    grafana: { description: 'Taken' },
    mail: { description: 'Generated twice', fields: { value: 'x' }, rotation },
  };
  expect(() => templateOf(stack, { additional, applicationRotation: rotation })).toThrow(
    /in camel case.*got "mail-relay"[^]*not name a secret "grafana"[^]*mail\.fields must not have a value for "value"[^]*applicationRotation\.automaticallyAfter in seconds .*got 3600[^]*additional\.mail\.rotation\.automaticallyAfter/,
  );
});
