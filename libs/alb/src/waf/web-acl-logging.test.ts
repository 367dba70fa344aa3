import { SsmContract } from '@v3-backend/core';
import { Lazy, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { newStack, problemsOf, propertiesOf } from '../../test/fixture';
import { WebAcl, WebAclLogDestination, WebAclRuleAction, type WebAclProps } from '../index';

const LOGGING = 'AWS::WAFv2::LoggingConfiguration';
const contract = new SsmContract({ environment: 'staging', stack: 'waf' });

function synthesize(props: (stack: Stack) => WebAclProps): Template {
  const stack = newStack();
  new WebAcl(stack, 'WebAcl', props(stack)).publish(contract);
  return Template.fromStack(stack);
}

describe('what is logged', () => {
  test('can be reduced to some actions', () => {
    const template = synthesize(() => ({ loggedActions: [WebAclRuleAction.BLOCK, WebAclRuleAction.COUNT] }));
    template.hasResourceProperties(LOGGING, {
      LoggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }, { ActionCondition: { Action: 'COUNT' } }],
          },
        ],
      },
    });
    synthesize(() => ({})).hasResourceProperties(LOGGING, { LoggingFilter: Match.absent() });
  });

  test('can leave out query string and path', () => {
    const template = synthesize(() => ({ redactedHeaders: ['x-api-key'], redactQueryString: true, redactPath: true }));
    template.hasResourceProperties(LOGGING, {
      RedactedFields: [{ SingleHeader: { Name: 'x-api-key' } }, { QueryString: {} }, { UriPath: {} }],
    });
  });
});

describe('where it is logged', () => {
  const destinations: [string, (stack: Stack) => WebAclLogDestination, string][] = [
    [
      'a log group',
      (stack) => WebAclLogDestination.logGroup(logs.LogGroup.fromLogGroupName(stack, 'Logs', 'aws-waf-logs-all')),
      ':log-group:aws-waf-logs-all',
    ],
    [
      'a bucket',
      (stack) => WebAclLogDestination.bucket(Bucket.fromBucketName(stack, 'Logs', 'aws-waf-logs-all')),
      ':s3:::aws-waf-logs-all',
    ],
    [
      'a stream',
      (stack) =>
        WebAclLogDestination.deliveryStream(
          DeliveryStream.fromDeliveryStreamAttributes(stack, 'Logs', { deliveryStreamName: 'aws-waf-logs-all' }),
        ),
      ':deliverystream/aws-waf-logs-all',
    ],
  ];

  test.each(destinations)('can be %s of somebody else', (_title, destination, end) => {
    const template = synthesize((stack) => ({ logDestination: destination(stack) }));
    const [{ LogDestinationConfigs: arns }] = propertiesOf(template, LOGGING);
    expect(arns).toHaveLength(1);
    const [, parts] = arns[0]['Fn::Join'];
    expect(parts.at(-1)).toMatch(new RegExp(`${end}$`));
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
    const keys = propertiesOf(template, 'AWS::SSM::Parameter').map(({ Name }) => Name.split('/').pop());
    expect(keys.sort()).toEqual(['logDestinationArn', 'metricName', 'webAclArn', 'webAclId', 'webAclName']);
  });

  test('must be named as WAF wants it, and exclude a log group of the web ACL’s own', () => {
    const stack = newStack();
    const logDestination = WebAclLogDestination.bucket(Bucket.fromBucketName(stack, 'Logs', 'logs'));
    const props = { logDestination, logGroupName: 'aws-waf-logs-own', logRetention: logs.RetentionDays.ONE_DAY };
    expect(problemsOf(() => new WebAcl(stack, 'WebAcl', props))).toEqual([
      expect.stringMatching(/logDestination's .* must be a name that starts with "aws-waf-logs-".* got "logs"/),
      expect.stringContaining('logGroupName and logDestination exclude each other'),
      expect.stringContaining('logRetention and logDestination exclude each other'),
    ]);
  });

  test('may have a name that is known at deployment only', () => {
    const name = Lazy.string({ produce: () => 'aws-waf-logs-later' });
    const template = synthesize((stack) => ({
      logDestination: WebAclLogDestination.bucket(Bucket.fromBucketName(stack, 'Logs', name)),
    }));
    expect(JSON.stringify(propertiesOf(template, LOGGING))).toContain('aws-waf-logs-later');
  });
});
