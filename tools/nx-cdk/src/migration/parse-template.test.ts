import { parseTemplate } from './parse-template';

describe('a template as CloudFormation keeps it', () => {
  test('may be JSON', () => {
    expect(parseTemplate('\n {"Resources": {}}')).toEqual({ Resources: {} });
  });

  test('may be YAML with the short forms of functions', () => {
    const yaml = `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub "\${AWS::StackName}-role"
      Path: !Join ["/", ["", !Ref Name, !GetAtt Other.Outputs.Value, ""]]
      Max: !If [IsLarge, 3600, !Ref "AWS::NoValue"]
      Tags: !FindInMap
        - Map
        - !Ref Key
        - tags
Conditions:
  IsLarge: !And [!Equals [!Ref Size, large], !Condition Other]
`;
    const { Resources, Conditions } = parseTemplate(yaml);
    expect(Resources!['Role']!.Properties).toEqual({
      RoleName: { 'Fn::Sub': '${AWS::StackName}-role' },
      Path: { 'Fn::Join': ['/', ['', { Ref: 'Name' }, { 'Fn::GetAtt': ['Other', 'Outputs.Value'] }, '']] },
      Max: { 'Fn::If': ['IsLarge', 3600, { Ref: 'AWS::NoValue' }] },
      Tags: { 'Fn::FindInMap': ['Map', { Ref: 'Key' }, 'tags'] },
    });
    expect(Conditions).toEqual({
      IsLarge: { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Size' }, 'large'] }, { Condition: 'Other' }] },
    });
  });

  test('keeps text that only looks like a number, a date or a word of YAML', () => {
    const yaml = `
AWSTemplateFormatVersion: 2010-09-09
Resources:
  A: { Account: 012345678901, Quoted: "80", Port: 80, Yes: yes, On: true, Half: 0.5, Long: 1e3, Nothing: null }
`;
    const { AWSTemplateFormatVersion, Resources } = parseTemplate(yaml);
    expect(AWSTemplateFormatVersion).toBe('2010-09-09');
    expect(Resources!['A']).toEqual({
      Account: '012345678901',
      Quoted: '80',
      Port: 80,
      Yes: 'yes',
      On: true,
      Half: 0.5,
      Long: '1e3',
      Nothing: null,
    });
  });

  test('follows anchors and merge keys', () => {
    const { Resources } = parseTemplate(`
Resources:
  A: &a { Type: AWS::SNS::Topic }
  B: *a
  C: { <<: *a, DeletionPolicy: Retain }
`);
    expect(Resources!['B']).toEqual({ Type: 'AWS::SNS::Topic' });
    expect(Resources!['C']).toEqual({ Type: 'AWS::SNS::Topic', DeletionPolicy: 'Retain' });
  });

  test('is refused when it is neither', () => {
    expect(() => parseTemplate('a: [')).toThrow('no valid YAML');
    expect(() => parseTemplate('just text')).toThrow('neither JSON nor YAML');
  });
});
