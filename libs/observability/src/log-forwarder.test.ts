import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { contract, publishedKeys, readParameters, stackWith } from '../test/fixture';
import { LogForwarder, type LogForwarderProps } from './index';

function forwarderProps(stack: Stack): LogForwarderProps {
  const group = (name: string) => logs.LogGroup.fromLogGroupName(stack, name, `/logs/${name}`);
  return {
    logGroups: { api: group('api'), worker: group('worker') },
    lokiUrl: 'https://logs.example.com/loki/api/v1/push',
    credentialsSecret: secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', {
      secretCompleteArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:grafana-AbCdEf',
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/1'),
    }),
  };
}

describe('the log forwarder', () => {
  const stack = stackWith();
  new LogForwarder(stack, 'LogForwarder', { ...forwarderProps(stack), labels: { environment: 'dev' } }).publish(
    contract('log-forwarder'),
  );
  const template = Template.fromStack(stack);

  test('subscribes to every log group once it may be invoked, by one permission for this account', () => {
    template.resourceCountIs('AWS::Logs::SubscriptionFilter', 2);
    template.allResources('AWS::Logs::SubscriptionFilter', { DependsOn: [Match.stringLikeRegexp('LogsPermission')] });
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'logs.amazonaws.com',
      SourceAccount: '123456789012',
      SourceArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:*',
    });
  });

  test('knows the secret’s ARN only, and may read nothing else', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          LOKI_URL: 'https://logs.example.com/loki/api/v1/push',
          CREDENTIALS_SECRET_ARN: Match.stringLikeRegexp('grafana-AbCdEf$'),
          LABELS: '{"environment":"dev"}',
          EVENT_LABELS: '["log_group"]',
          MAX_REQUEST_BYTES: '1048576',
          MAX_LINE_BYTES: '262144',
          LOG_GROUPS: '{"api":"/logs/api","worker":"/logs/worker"}',
        },
      },
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          {
            Action: 'secretsmanager:GetSecretValue',
            Effect: 'Allow',
            Resource: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:grafana-AbCdEf',
          },
          { Action: 'kms:Decrypt', Effect: 'Allow', Resource: 'arn:aws:kms:eu-west-1:123456789012:key/1' },
        ]),
      }),
    });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('"Resource":"*"');
    expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).not.toContain('AWSLambdaBasicExecutionRole');
  });

  test('has the same settings in whichever order its services and labels are given', () => {
    const settings = (order: (names: string[]) => string[]) => {
      const other = stackWith();
      const props = forwarderProps(other);
      const ordered = <T>(record: Record<string, T>) =>
        Object.fromEntries(order(Object.keys(record)).map((name) => [name, record[name]!]));
      const labels = ordered({ application: 'shop', environment: 'dev' });
      new LogForwarder(other, 'LogForwarder', { ...props, logGroups: ordered(props.logGroups), labels });
      return Template.fromStack(other).findResources('AWS::Lambda::Function');
    };
    expect(settings((names) => names.toReversed())).toEqual(settings((names) => names));
  });

  test('keeps what it cannot forward, and has its own log group, to which nothing is subscribed', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
      MaximumRetryAttempts: 2,
    });
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 14 }, DeletionPolicy: 'Retain' });
    template.hasResource('AWS::SQS::Queue', { DeletionPolicy: 'Retain' });
  });

  test('publishes its complete contract', () =>
    expect(publishedKeys(template)).toEqual([
      'deadLetterQueueArn',
      'deadLetterQueueName',
      'deadLetterQueueUrl',
      'functionArn',
      'functionName',
      'logGroupName',
    ]));

  test('with everything said, synthesizes without any feature flag, and goes with an unprotected stack', () => {
    const plain = stackWith({});
    new LogForwarder(plain, 'LogForwarder', {
      ...forwarderProps(plain),
      lokiUrl: 'http://127.0.0.1:3100/loki/api/v1/push',
      eventLabels: ['log_stream', 'owner'],
      filterPattern: '{ $.level = "error" }',
      serviceFilterPatterns: { worker: ['ERROR', 'WARN -ERROR'] },
      maxRequestKiB: 128,
      maxLineKiB: 64,
      timeout: Duration.minutes(2),
      memoryMiB: 512,
      logRetention: logs.RetentionDays.ONE_DAY,
      protect: false,
    });
    const template = Template.fromStack(plain);
    template.hasResource('AWS::SQS::Queue', { DeletionPolicy: 'Delete' });
    const filters = Object.values(template.findResources('AWS::Logs::SubscriptionFilter'));
    expect(filters.map(({ Properties }) => [Properties.LogGroupName, Properties.FilterPattern])).toEqual([
      ['/logs/api', '{ $.level = "error" }'],
      ['/logs/worker', 'ERROR'],
      ['/logs/worker', 'WARN -ERROR'],
    ]);
  });

  test('synthesizes where account and region are not known', () => {
    const anywhere = new Stack();
    new LogForwarder(anywhere, 'LogForwarder', forwarderProps(anywhere));
    Template.fromStack(anywhere).hasResourceProperties('AWS::Lambda::Permission', {
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });

  test('of another stack is known by what that publishes', () => {
    const reader = stackWith();
    const forwarder = LogForwarder.fromSsm(reader, 'LogForwarder', contract('log-forwarder'));
    reader.exportValue(forwarder.functionName, { name: 'function' });
    expect(readParameters(reader)).toContain('/v3-backend/development/log-forwarder/functionName');
  });

  test('is refused without a log group, or with lines longer than fit into a request', () => {
    const wrong = stackWith();
    const props = { ...forwarderProps(wrong), logGroups: {}, maxRequestKiB: 300 };
    expect(() => new LogForwarder(wrong, 'LogForwarder', props)).toThrow(
      /logGroups must have one entry or more.*\n.*maxLineKiB must be half of maxRequestKiB \(300\) at most, got 256/,
    );
  });

  test('reports everything that is wrong with its props', () => {
    const build = () => {
      const wrong = stackWith();
      const apiLogs = logs.LogGroup.fromLogGroupName(wrong, 'ApiLogs', '/logs/api');
      return new LogForwarder(wrong, 'LogForwarder', {
        ...forwarderProps(wrong),
        logGroups: { 'The API': apiLogs, worker: apiLogs },
        lokiUrl: 'http://logs.example.com/push',
        labels: { service: 'x', '1a': '' },
        eventLabels: ['request_id', ...Array<string>(12).fill('owner')],
        filterPattern: 'x'.repeat(1025),
        serviceFilterPatterns: {
          worker: ['a', 'a', 'b', 'c', 'd', 'x'.repeat(1025)],
          scheduler: ['a'],
        },
        maxRequestKiB: 32,
        maxLineKiB: 0,
        timeout: Duration.seconds(5),
        memoryMiB: 1,
      });
    };
    expect(build).toThrow(
      new RegExp(
        [
          'logGroups: a name must be in camel or kebab case, got "The API"',
          'logGroups.worker must not be the log group of The API, too',
          'lokiUrl must be an https URL .*got "http://logs.example.com/push"',
          'labels must not have service',
          'labels: a name must be letters.*got "1a"',
          'labels.1a must not be empty',
          'eventLabels must be among log_group, log_stream, owner, got "request_id"',
          'are 16 labels together; Loki accepts 15',
          'filterPattern must have 1024 characters at most, got 1025',
          'worker: the number of patterns must be a whole number from 1 to 5, got 6',
          'worker must not have the same pattern twice',
          'worker: a pattern must have 1024 characters at most, got 1025',
          'scheduler must be for one of logGroups, which has no scheduler',
          'maxRequestKiB must be a whole number from 64 to 4096, got 32',
          'maxLineKiB must be a whole number from 1 to 1024, got 0',
          'timeout \\(seconds\\) must be a whole number from 10 to 900, got 5',
          'memoryMiB must be a whole number from 128 to 10240, got 1',
        ].join('[^]*'),
      ),
    );
  });
});
