import type { ResourceStatus, StackEvent } from '@aws-sdk/client-cloudformation';
import type { StackNode } from '../stack-graph/stack-graph';
import { Activity } from './activity';

const STACK = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1';

function activityOf(...events: Partial<StackEvent>[]) {
  const template = {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': 'shop/Jobs/Resource' } },
      Topic: { Type: 'AWS::SNS::Topic' },
    },
  };
  const activity = new Activity({ name: 'shop', stack: { stackName: 'shop', template } } as unknown as StackNode, 2);
  const progress = events.map((event) =>
    activity.record({ StackId: STACK, StackName: 'shop', ...event } as StackEvent),
  );
  return { activity, progress };
}

const event = (
  LogicalResourceId: string,
  ResourceStatus: ResourceStatus,
  ResourceStatusReason?: string,
): Partial<StackEvent> => ({
  LogicalResourceId,
  ResourceType: `AWS::Some::${LogicalResourceId}`,
  ResourceStatus,
  ResourceStatusReason,
});

describe('what CloudFormation reports of a stack', () => {
  test('is told by construct path, with how many resources are done', () => {
    const { progress } = activityOf(event('Queue', 'CREATE_IN_PROGRESS'), event('Queue', 'CREATE_COMPLETE'));
    expect(progress).toMatchObject([
      { done: 0, total: 2, resource: 'shop/Jobs/Resource' },
      { done: 1, total: 2, status: 'CREATE_COMPLETE' },
    ]);
  });

  test('of the stack itself is no progress', () => {
    expect(activityOf({ PhysicalResourceId: STACK, ResourceStatus: 'CREATE_COMPLETE' }).progress).toEqual([undefined]);
  });

  test('of nested stacks is shown, but not counted', () => {
    const nested = { ...event('Queue', 'CREATE_COMPLETE'), StackName: 'shop-Nested-1', StackId: `${STACK}-nested` };
    expect(activityOf(nested).progress).toMatchObject([{ done: 0, resource: 'shop-Nested-1/Queue' }]);
  });
});

describe('the root cause', () => {
  test('is what failed first; what was only cancelled is left out, before and after it', () => {
    const { activity } = activityOf(
      event('Topic', 'CREATE_FAILED', 'Resource creation cancelled'),
      event('Queue', 'CREATE_FAILED', 'the name is taken'),
      event(
        'Nested',
        'CREATE_FAILED',
        'Embedded stack was not created: The following resource(s) failed to create: [Q].',
      ),
    );
    expect(activity.rootCause).toBe('shop/Jobs/Resource (AWS::Some::Queue): the name is taken');
  });

  test('has the message of the provider of a custom resource, also one that speaks of cancelling', () => {
    const reason =
      'Received response status [FAILED] from custom resource. Message returned: the upload was cancelled (RequestId: 1)';
    expect(activityOf(event('Topic', 'CREATE_FAILED', reason)).activity.rootCause).toContain(reason);
  });

  test('is a consequence only where CloudFormation reported nothing else', () => {
    const { activity } = activityOf(event('Topic', 'UPDATE_FAILED', 'Resource update cancelled'));
    expect(activity.rootCause).toBe('Topic (AWS::Some::Topic): Resource update cancelled');
  });

  test('is unknown when nothing failed', () => {
    expect(activityOf(event('Topic', 'CREATE_COMPLETE')).activity.rootCause).toBeUndefined();
  });
});
