import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { type Outcome, validateApp } from './validate-app';

const app = () =>
  new App({
    analyticsReporting: false,
    context: {
      '@aws-cdk/core:failSynthOnValidationErrors': false,
      '@aws-cdk/core:validateAgainstDefaultRules': true,
    },
  });

/** The outcome for an app with one stack. */
function outcomeOf(compose: (stack: Stack) => void): Outcome {
  const one = app();
  compose(new Stack(one, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } }));
  return validateApp(one);
}

const open = { groupDescription: 'x', securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' }] }; // prettier-ignore

/** A policy for all objects of a bucket that is known by a reference. */
function policy(stack: Stack): CfnPolicy {
  const bucket = new CfnResource(stack, 'Bucket', { type: 'AWS::S3::Bucket' });
  const resources = { 'Fn::Join': ['', [bucket.getAtt('Arn'), '/*']] };
  return new CfnPolicy(stack, 'Policy', {
    policyName: 'p',
    users: ['someone'],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: [resources] }],
    },
  });
}

const rulesOf = ({ problems }: Outcome) => problems.map(({ rule }) => rule);

describe('the validation of an app', () => {
  test('finds what CloudFormation would refuse, at the construct', () => {
    const outcome = outcomeOf((stack) => {
      const properties = { FifoQueue: 'perhaps', Colour: 'green' };
      new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties });
    });
    expect(rulesOf(outcome).filter((rule) => rule.startsWith('CloudFormation Validate '))).not.toEqual([]);
    expect(outcome.problems[0]!.construct).toBe('Shop/Queue');
  });

  test('finds what cdk-nag has against a resource', () => {
    const outcome = outcomeOf((stack) => new CfnSecurityGroup(stack, 'Group', open));
    expect(rulesOf(outcome)).toContain('AwsSolutions-EC23');
  });

  test('takes a set of rules that fails for a problem', () => {
    const one = app();
    new Stack(one, 'Shop');
    const validate = () => {
      throw new Error('out of order');
    };
    Validations.of(one).addPlugins({ name: 'Broken', validate });
    expect(validateApp(one).problems).toContainEqual({
      rule: 'Broken',
      description: expect.stringContaining('out of order'),
      construct: 'every stack',
    });
  });

  test('takes an acknowledgement with its reason, and counts what it explains', () => {
    const outcome = outcomeOf((stack) => {
      const group = new CfnSecurityGroup(stack, 'Group', open);
      Validations.of(group).acknowledge({ id: 'AwsSolutions-EC23', reason: 'a honeypot' });
    });
    expect(rulesOf(outcome)).not.toContain('AwsSolutions-EC23');
    expect(outcome.acknowledgements).toEqual([
      { rule: 'AwsSolutions-EC23', reason: 'a honeypot', construct: 'Shop/Group', findings: 1 },
    ]);
  });

  test('knows an acknowledgement that explains nothing', () => {
    const outcome = outcomeOf((stack) =>
      Validations.of(stack).acknowledge({ id: 'AwsSolutions-S1', reason: 'there was a bucket once' }),
    );
    expect(outcome.acknowledgements).toEqual([expect.objectContaining({ rule: 'AwsSolutions-S1', findings: 0 })]);
  });

  test('names a reference without the logical id, so that acknowledgements outlive it', () => {
    const id = 'AwsSolutions-IAM5[Resource::<reference>/*]';
    expect(rulesOf(outcomeOf(policy))).toContain(id);
    const outcome = outcomeOf((stack) => Validations.of(policy(stack)).acknowledge({ id, reason: 'all objects' }));
    expect(rulesOf(outcome)).not.toContain(id);
  });

  test('takes an acknowledgement of a CloudFormation rule for its own construct only', () => {
    const zone = (stack: Stack, id: string) =>
      new CfnResource(stack, id, {
        type: 'AWS::EC2::Subnet',
        properties: { AvailabilityZone: 'eu-west-1a', VpcId: 'vpc-12345678', CidrBlock: `10.0.${id.length}.0/24` },
      });
    const outcome = outcomeOf((stack) => {
      const reason = 'pinned';
      Validations.of(zone(stack, 'Pinned')).acknowledge({ id: 'CloudFormation-Validate::W3010', reason });
      zone(stack, 'Other');
    });
    expect(outcome.problems.map(({ rule, construct }) => [rule, construct])).toEqual([
      ['CloudFormation-Validate::W3010', 'Shop/Other'],
    ]);
  });
});
