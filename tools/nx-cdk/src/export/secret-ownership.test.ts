import type { TemplateResource } from '../assembly/template';
import type { DeployedParameter } from '../live-state/live-state';
import { ownerOf } from './secret-ownership';
import { resourcesOf, type SourceStack } from './source';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:Token-abcdef';

/** A stack in which the secret's physical id is its ARN, and that of others their logical id. */
function stackOf(
  stackName: string,
  resources: Record<string, TemplateResource>,
  parameters: Record<string, DeployedParameter> = {},
): SourceStack {
  return {
    stackName,
    region: 'eu-west-1',
    deployed: { template: { Resources: resources }, parameters } as unknown as SourceStack['deployed'],
    resources: Object.entries(resources).map(([logicalId, { Type }]) => ({
      logicalId,
      type: Type,
      physicalId: logicalId === 'Token' ? ARN : logicalId,
    })),
  };
}

const resource = (Type: string, Properties: object = {}): TemplateResource => ({
  Type,
  Properties: Properties as Record<string, unknown>,
});
const token = (properties: object = { GenerateSecretString: {} }) => ({
  Token: resource('AWS::SecretsManager::Secret', properties),
});
const ownership = (...stacks: SourceStack[]) =>
  ownerOf(resourcesOf(stacks, 'AWS::SecretsManager::Secret')[0]!, stacks).ownership;
const password = (secret: unknown) => ({
  'Fn::Join': ['', ['{{resolve:secretsmanager:', secret, ':SecretString:password::}}']],
});

test('a secret that nobody else knows of is its own', () => {
  expect(ownership(stackOf('a', { ...token(), Other: resource('AWS::SNS::Topic', { Name: { Ref: 'Token' } }) }))).toBe(
    'own',
  );
});

test('a value that the template states is CloudFormation’s', () => {
  expect(ownership(stackOf('a', token({ SecretString: password({ Ref: 'Other' }) })))).toBe('composed');
});

test.each([
  ['by an attachment', resource('AWS::SecretsManager::SecretTargetAttachment', { SecretId: { Ref: 'Token' } })],
  ['by its password', resource('AWS::RDS::DBInstance', { MasterUserPassword: password({ Ref: 'Token' }) })],
  ['by its password in a cluster', resource('AWS::RDS::DBCluster', { MasterUserPassword: password({ Ref: 'Token' }) })],
  ['by its literal ARN', resource('AWS::DocDB::DBCluster', { MasterUserPassword: password(ARN) })],
  ['deep inside', resource('AWS::AmazonMQ::Broker', { Users: [{ Password: password({ Ref: 'Token' }) }] })],
])('a database that was created with it, %s, keeps its value', (_how, holder) => {
  expect(ownership(stackOf('a', { ...token(), Holder: holder }))).toBe('database');
});

test('a database of another stack counts, that gets the ARN from SSM', () => {
  const holder = resource('AWS::RDS::DBInstance', { MasterUserPassword: password({ Ref: 'TokenArn' }) });
  const other = stackOf('b', { Holder: holder }, { TokenArn: { value: '/a/tokenArn', resolved: ARN } });
  expect(ownership(stackOf('a', token()), other)).toBe('database');
});

test('the same logical id in another stack is another secret', () => {
  const holder = resource('AWS::RDS::DBInstance', { MasterUserPassword: password({ Ref: 'Token' }) });
  expect(ownership(stackOf('a', token()), stackOf('b', { Holder: holder }))).toBe('own');
});

test('rotation replaces the value of a secret', () => {
  const schedule = resource('AWS::SecretsManager::RotationSchedule', { SecretId: { Ref: 'Token' } });
  expect(ownership(stackOf('a', { ...token(), Rotation: schedule }))).toBe('rotated');
});
