import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SsmContract } from './index';

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
