import { App, CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  Naming,
  PropsValidation,
  SsmContract,
  generateResourceName,
  generateStackName,
  getSsmParameterName,
  normalizeEnvironmentName,
} from './index';

describe('environment names', () => {
  test.each([
    ['dev', 'development'],
    ['develop', 'development'],
    ['development', 'development'],
    ['stage', 'staging'],
    ['staging', 'staging'],
    ['prod', 'production'],
    ['production', 'production'],
    ['local', 'local'],
    [' Prod ', 'production'],
  ])('%p means %p', (given, expected) => expect(normalizeEnvironmentName(given)).toBe(expected));

  test.each(['qa', '', 'constructor'])('%p is refused, and the message lists the known names', (name) => {
    expect(() => normalizeEnvironmentName(name)).toThrow(
      `Unknown environment ${JSON.stringify(name)}. Known environments: local; development (dev, develop); ` +
        'staging (stage); production (prod).',
    );
  });
});

describe('naming', () => {
  test('the plan’s functions give the plan’s names, whatever spelling the environment has', () => {
    expect(generateStackName('app-shared', 'dev')).toBe('v3-backend-development-app-shared');
    expect(generateResourceName('api-task', 'production')).toBe('v3-backend-production-api-task');
    expect(getSsmParameterName('alb', 'albArn', 'development')).toBe('/v3-backend/development/alb/albArn');
    expect(getSsmParameterName('compute', 'currentImageTag', 'prod')).toBe(
      '/v3-backend/production/compute/currentImageTag',
    );
  });

  test('another application has its own names in its own environments', () => {
    const naming = new Naming({ application: 'shop', environment: 'qa' });
    expect(naming.stackName('alb')).toBe('shop-qa-alb');
    expect(naming.resourceName('task-role')).toBe('shop-qa-task-role');
    expect(naming.ssmParameterName('alb', 'albArn')).toBe('/shop/qa/alb/albArn');
  });

  test('every invalid part is named in one error', () => {
    expect(() => new Naming({ application: 'My Shop', environment: 'QA' })).toThrow(
      /application must be in kebab case.*"My Shop"; environment must be in kebab case.*"QA"/,
    );
    expect(() => getSsmParameterName('App', 'alb-arn', 'dev')).toThrow(/stack must be.*"App"; key must be.*"alb-arn"/);
    expect(() => new Naming({ environment: Lazy.string({ produce: () => 'x' }) })).toThrow(
      /must be known at synthesis/,
    );
  });
});

describe('SSM contract', () => {
  const contract = new SsmContract({ environment: 'development', stack: 'alb' });

  test('publishes one String parameter for each value', () => {
    const stack = new Stack(new App(), 'Alb');
    contract.publish(stack, { albArn: 'arn:alb', subnetIds: ['a', 'b'].join(',') });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SSM::Parameter', 2);
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/v3-backend/development/alb/albArn',
      Type: 'String',
      Value: 'arn:alb',
    });
  });

  test('a reader has one CloudFormation parameter for each key that it uses, and none for the others', () => {
    const stack = new Stack(new App(), 'Compute');
    contract.read(stack, 'unused');
    new CfnOutput(stack, 'First', { value: contract.read(stack, 'albArn') });
    new CfnOutput(stack, 'Second', { value: contract.read(stack, 'albArn') });
    const { Parameters: parameters } = Template.fromStack(stack).toJSON();
    const read = Object.values<{ Type: string; Default: string }>(parameters).filter(({ Default }) =>
      Default.startsWith('/v3-backend/'),
    );
    expect(read).toEqual([
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/v3-backend/development/alb/albArn' },
    ]);
  });

  test('a list is read back as as many elements as publisher and reader agree on', () => {
    const stack = new Stack(new App(), 'Compute');
    const ids = contract.readList(stack, 'subnetIds', 2);
    contract.publish(stack, { first: ids[0]!, second: ids[1]! });
    expect(ids).toHaveLength(2);
    const select = (index: number) => ({
      'Fn::Select': [index, { 'Fn::Split': [',', { Ref: Match.stringLikeRegexp('subnetIds') }] }],
    });
    for (const index of [0, 1]) {
      Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', { Value: select(index) });
    }
  });

  test('what SSM would refuse is refused at synthesis, all at once', () => {
    const stack = new Stack(new App(), 'Alb');
    expect(() => contract.publish(stack, { albArn: '', big: 'x'.repeat(4097) })).toThrow(
      'Cannot publish to /v3-backend/development/alb: the value of albArn is empty, which SSM does not accept; ' +
        'the value of big has 4097 bytes, the most is 4096.',
    );
    expect(() => contract.publish(stack, { 'alb-arn': 'x' })).toThrow(/key must be in camel case/);
    expect(() => contract.readList(stack, 'subnetIds', 0)).toThrow(/count must be a whole number of 1 or more, got 0/);
  });
});

describe('props validation', () => {
  test('reports every problem at once, with the construct’s path', () => {
    const validation = new PropsValidation(new Stack(new App(), 'Web'));
    validation.inRange('port', 1, 65535, 0);
    validation.matches('cidr', '[0-9./]+', 'a CIDR block', 'ten');
    validation.holds(false, 'minCapacity 3 is above maxCapacity 2');
    expect(() => validation.throwIfInvalid()).toThrow(
      'Invalid props of Web:\n  - port must be a whole number from 1 to 65535, got 0\n' +
        '  - cidr must be a CIDR block, got "ten"\n  - minCapacity 3 is above maxCapacity 2',
    );
  });

  test('absent values and tokens are no problem', () => {
    const validation = new PropsValidation(new Stack(new App(), 'Web'));
    validation.inRange('port', 1, 2);
    validation.inRange('port', 1, 2, Lazy.number({ produce: () => 9 }));
    validation.matches('cidr', 'x', 'x', Lazy.string({ produce: () => 'y' }));
    expect(() => validation.throwIfInvalid()).not.toThrow();
  });
});
