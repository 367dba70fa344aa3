import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ServiceLogGroups, type ServiceLogGroupsProps } from './index';

function synthesize(props?: ServiceLogGroupsProps): Template {
  const stack = new Stack(new App(), 'Shared', { env: { account: '111111111111', region: 'eu-west-1' } });
  new ServiceLogGroups(stack, 'LogGroups', props);
  return Template.fromStack(stack);
}

describe('log groups', () => {
  test('are four, without fixed names, and stay with their events by default', () => {
    const template = synthesize();
    template.resourceCountIs('AWS::Logs::LogGroup', 4);
    template.allResources('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: Match.absent(), KmsKeyId: Match.absent(), RetentionInDays: 30 },
      DeletionPolicy: 'Retain',
    });
  });

  test('with a key of their own, its policy lets CloudWatch Logs use it for log groups of this account', () => {
    const template = synthesize({ customerManagedKey: true, protect: false, retention: logs.RetentionDays.ONE_WEEK });
    template.allResources('AWS::Logs::LogGroup', {
      Properties: { KmsKeyId: Match.anyValue(), RetentionInDays: 7 },
      DeletionPolicy: 'Delete',
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  test('a retention that CloudWatch Logs does not offer is refused', () => {
    expect(() => synthesize({ retention: 45 as logs.RetentionDays })).toThrow(
      /retention must be one of 1, 3, 5, 7, .* days, got 45/,
    );
  });
});
