import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { type DatabaseConnection, DatabaseSslMode, DatabaseUrlSecret } from './index';

const newStack = () => new Stack(new App(), 'Shared');

describe('DATABASE_URL', () => {
  test.each<[string, Partial<DatabaseConnection>, string]>([
    ['demands encryption', {}, '?sslmode=require'],
    ['verifies the server', { sslMode: DatabaseSslMode.VERIFY_FULL }, '?sslmode=verify-full'],
    [
      'verifies the server with certificates of the image',
      { sslMode: DatabaseSslMode.VERIFY_FULL, sslRootCertificate: '/etc/ssl/rds.pem' },
      '?sslmode=verify-full&sslrootcert=/etc/ssl/rds.pem',
    ],
  ])('%s, as it is told to', (_title, options, query) => {
    const stack = newStack();
    const credentialsSecret = secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'db');
    const database = { host: 'db.example.com', port: '5432', databaseName: 'shop', credentialsSecret, ...options };
    new DatabaseUrlSecret(stack, 'Url', { database });
    const [secret] = Object.values(Template.fromStack(stack).findResources('AWS::SecretsManager::Secret'));
    expect(JSON.stringify(secret!.Properties.SecretString)).toContain(`@db.example.com:5432/shop${query}"`);
  });

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

  test('a host or certificates that would break the URL, or that nothing is verified against, are refused', () => {
    const stack = newStack();
    const credentialsSecret = secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'db');
    const database = { host: 'a@b', port: '1', databaseName: 'shop', credentialsSecret, sslRootCertificate: 'a&b' };
    expect(() => new DatabaseUrlSecret(stack, 'Url', { database })).toThrow(
      /database\.host must be a host name.*got "a@b"\n.*sslRootCertificate must be an absolute path.*got "a&b"\n.*must be left out where sslMode is not VERIFY_FULL/,
    );
  });
});

describe('a rotation of the credentials', () => {
  const arn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-AbCdEf`;

  function composed(): { stack: Stack; secret: secretsmanager.ISecret } {
    const stack = new Stack(new App(), 'Shared', { env: { account: '111111111111', region: 'eu-west-1' } });
    const credentialsSecret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Credentials', arn('db'));
    const database = { host: 'db.example.com', port: '5432', databaseName: 'shop', credentialsSecret };
    const { secret } = new DatabaseUrlSecret(stack, 'Url', { database, followRotation: true });
    return { stack, secret };
  }

  const synthesize = () => Template.fromStack(composed().stack);

  test('has a function write the URL anew, at once where it is told of it, and else within minutes', () => {
    const template = synthesize();
    const target = [
      Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('UrlRefresherFunction'), 'Arn'] } }),
    ];
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.secretsmanager'],
        'detail-type': ['AWS Service Event via CloudTrail'],
        detail: { eventName: ['RotationSucceeded'], additionalEventData: { SecretId: [arn('db')] } },
      },
      Targets: target,
    });
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)', Targets: target });
  });

  test('shows no password: the function knows the secrets by their ARNs', () => {
    const template = synthesize();
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          CREDENTIALS_SECRET_ARN: arn('db'),
          DATABASE_URL_SECRET_ARN: { Ref: Match.stringLikeRegexp('UrlSecret') },
          DATABASE_ADDRESS: 'db.example.com:5432/shop?sslmode=require',
        },
      },
    });
    expect(JSON.stringify(template.findResources('AWS::Lambda::Function'))).not.toContain('resolve:');
  });

  test('lets the function read both secrets, write one, log, and publish that it did, and nothing else', () => {
    const template = synthesize();
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'events:PutEvents',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
    ]);
    for (const { Resource } of statements) expect(Resource).not.toBe('*');
    const write = statements.find(({ Action }) => Action === 'secretsmanager:PutSecretValue');
    expect(write.Resource).toEqual({ Ref: expect.stringContaining('UrlSecret') });
    const publish = statements.find(({ Action }) => Action === 'events:PutEvents');
    expect(JSON.stringify(publish.Resource)).toContain('event-bus/default');
  });

  test('ends in an event that a rule of any stack can match, by the URL’s ARN', () => {
    const { stack, secret } = composed();
    const eventPattern = DatabaseUrlSecret.changedEventPattern(secret);
    new events.Rule(stack, 'Restart', { eventPattern });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: {
        OnSuccess: {
          Destination: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('event-bus/default')])] },
        },
      },
    });
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['lambda'],
        'detail-type': ['Lambda Function Invocation Result - Success'],
        detail: {
          responsePayload: { secretArn: [{ Ref: Match.stringLikeRegexp('UrlSecret') }], changed: [true] },
        },
      },
    });
  });

  test('is nobody’s business unless it is to be followed', () => {
    const stack = newStack();
    const credentialsSecret = secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'db');
    new DatabaseUrlSecret(stack, 'Url', {
      database: { host: 'db', port: '5432', databaseName: 'shop', credentialsSecret },
    });
    Template.fromStack(stack).resourceCountIs('AWS::Lambda::Function', 0);
  });
});
