import { Template } from 'aws-cdk-lib/assertions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { imported, stackWith } from '../test/fixture';
import { FargateBackend, ServiceRestart } from './index';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:url-AbCdEf';

describe('a restart', () => {
  const stack = stackWith();
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Url', SECRET);
  const props = imported(stack);
  const migration = { ...props.migration, runBeforeServices: false };
  new FargateBackend(stack, 'Backend', { ...props, migration, restartOnRotationOf: [secret] });
  const template = Template.fromStack(stack);

  test('waits for the end of a rotation, of the given secrets only', () =>
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.secretsmanager'],
        'detail-type': ['AWS Service Event via CloudTrail'],
        detail: { eventName: ['RotationSucceeded'], additionalEventData: { SecretId: [SECRET] } },
      },
    }));

  test('deploys every service once more, each with attempts of its own', () => {
    const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const definition = JSON.stringify(machine!['Properties'].DefinitionString);
    expect(definition.match(/"ForceNewDeployment\\+":true/g)).toHaveLength(3);
    expect(definition.match(/ecs:updateService/g)).toHaveLength(3);
    expect(definition.match(/MaxAttempts\\+":5/g)).toHaveLength(3);
  });

  test('may update these services, and nothing else', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const updates = statements.filter(({ Action }) => Action === 'ecs:updateService');
    expect(updates.flatMap(({ Resource }) => Resource)).toEqual(
      ['Api', 'Scheduler', 'Worker'].map((name) => ({ Ref: expect.stringMatching(`Backend${name}Service`) })),
    );
    expect(statements).toHaveLength(updates.length + 1);
    expect(JSON.stringify(statements)).not.toContain('"Resource":"*"');
  });

  test('is not there unless it is asked for', () => {
    const plain = stackWith();
    new FargateBackend(plain, 'Backend', { ...imported(plain), restartOnRotationOf: [] });
    Template.fromStack(plain).resourceCountIs('AWS::Events::Rule', 0);
  });

  test('waits for other events too, each by a rule of its name', () => {
    const other = stackWith();
    const restartOn = { DatabaseUrl: { source: ['lambda'], detailType: ['changed'] } };
    new FargateBackend(other, 'Backend', { ...imported(other), restartOn });
    const rules = Template.fromStack(other).findResources('AWS::Events::Rule');
    expect(Object.entries(rules)).toEqual([
      [
        expect.stringMatching('BackendRestartEventsDatabaseUrl'),
        expect.objectContaining({
          Properties: expect.objectContaining({ EventPattern: { source: ['lambda'], 'detail-type': ['changed'] } }),
        }),
      ],
    ]);
  });

  test('of nothing, or after nothing, is refused', () =>
    expect(() => new ServiceRestart(stackWith(), 'Restart', { services: {} })).toThrow(
      /services must have one service or more\n.*rotatedSecrets or eventPatterns must say after what services are restarted/,
    ));
});
