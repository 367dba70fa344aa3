import type { Template } from '../assembly/template';
import { neededBy, resolve } from './references';

const balancer: Template = {
  Resources: {
    Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup' },
    GroupArn: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/app/groupArn', Value: { Ref: 'Group' } } },
  },
  Outputs: { Exported: { Value: { 'Fn::GetAtt': ['Group', 'TargetGroupArn'] }, Export: { Name: 'app:group' } } },
};

describe('references', () => {
  test('a resource needs what it refers to in any way, and what it depends on, of its own template', () => {
    const template = {
      Parameters: { Tag: { Type: 'String' } },
      Resources: {
        A: { Type: 'T' },
        B: { Type: 'T' },
        C: { Type: 'T' },
        D: { Type: 'T' },
        E: {
          Type: 'T',
          DependsOn: ['D'],
          Properties: {
            One: { Ref: 'A' },
            Two: [{ 'Fn::GetAtt': ['B', 'Arn'] }, { Ref: 'Tag' }, { Ref: 'AWS::Region' }],
            Three: { 'Fn::Sub': 'x-${C.Name}-${!literal}-${AWS::Region}' },
            Self: { Ref: 'E' },
          },
        },
      },
    } as unknown as Template;
    expect([...neededBy(template, 'E')].sort()).toEqual(['A', 'B', 'C', 'D']);
    expect(neededBy(template, 'nothing').size).toBe(0);
  });

  test('a value is followed to a resource of the same stack, through an SSM parameter, and through an export', () => {
    const compute: Template = {
      Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/app/groupArn' } },
      Resources: { Own: { Type: 'AWS::ECS::Cluster' } },
    };
    const stacks = [{ template: compute }, { template: balancer }];
    const found = (value: unknown) => resolve(value, stacks[0]!, stacks)?.logicalId;
    expect(found({ Ref: 'Own' })).toBe('Own');
    expect(found({ Ref: 'P' })).toBe('Group');
    expect(found({ 'Fn::ImportValue': 'app:group' })).toBe('Group');
    expect(found({ 'Fn::ImportValue': 'app:other' })).toBeUndefined();
    expect(found('arn:literal')).toBeUndefined();
  });
});
