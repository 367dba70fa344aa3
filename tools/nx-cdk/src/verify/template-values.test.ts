import { type Known, valueOf } from './template-values';

const known: Known = {
  stackName: 'shop-data',
  stackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-data/a-b',
  account: '123456789012',
  region: 'eu-west-1',
  parameters: new Map([['Ids', 'a,b']]),
  physicalIds: new Map([
    ['Jobs', 'https://sqs.eu-west-1.amazonaws.com/123456789012/jobs'],
    ['Group', 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/api/5'],
    ['Vpc', 'vpc-1'],
  ]),
  types: new Map([
    ['Jobs', 'AWS::SQS::Queue'],
    ['Group', 'AWS::ElasticLoadBalancingV2::TargetGroup'],
    ['Vpc', 'AWS::EC2::VPC'],
  ]),
};

test.each([
  ['text', 'text'],
  [443, '443'],
  [true, 'true'],
  [{ Ref: 'Vpc' }, 'vpc-1'],
  [{ Ref: 'Ids' }, 'a,b'],
  [{ Ref: 'AWS::Region' }, 'eu-west-1'],
  [{ 'Fn::GetAtt': ['Jobs', 'Arn'] }, 'arn:aws:sqs:eu-west-1:123456789012:jobs'],
  [{ 'Fn::GetAtt': 'Jobs.QueueName' }, 'jobs'],
  [{ 'Fn::GetAtt': ['Group', 'TargetGroupFullName'] }, 'targetgroup/api/5'],
  [{ 'Fn::Join': ['-', ['x', { Ref: 'Vpc' }]] }, 'x-vpc-1'],
  [{ 'Fn::Select': [1, { 'Fn::Split': [',', { Ref: 'Ids' }] }] }, 'b'],
  [{ 'Fn::Join': ['|', { 'Fn::Split': [',', { Ref: 'Ids' }] }] }, 'a|b'],
  [
    { 'Fn::Sub': '${Vpc} in ${AWS::Region} with ${Jobs.QueueName} and ${!this}' },
    'vpc-1 in eu-west-1 with jobs and ${this}',
  ],
])('%j is %j', (node, value) => {
  expect(valueOf(node, known)).toBe(value);
});

test.each([
  { Ref: 'Nothing' },
  { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] },
  { 'Fn::ImportValue': 'other' },
  { 'Fn::Join': ['', ['x', { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }]] },
  { 'Fn::Sub': '${Vpc.CidrBlock}' },
  ['a'],
  undefined,
])('%j is not known', (node) => {
  expect(valueOf(node, known)).toBeUndefined();
});
