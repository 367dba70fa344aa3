import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { imported, stackWith } from '../test/fixture';
import { FargateBackend, type MigrationOptions, MigrationRun, MigrationTask } from './index';

function backendWith(migration: Partial<MigrationOptions> = {}, stack = stackWith()): Template {
  const props = imported(stack);
  new FargateBackend(stack, 'Backend', { ...props, migration: { ...props.migration, ...migration } });
  return Template.fromStack(stack);
}

describe('the migration’s run', () => {
  const template = backendWith();
  const [runId, run] = Object.entries(template.findResources('Custom::MigrationRun'))[0]!;
  const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.map((statement: object) => statement),
  );
  const allowed = (action: string) => statements.filter(({ Action }) => [Action].flat().includes(action));

  test('is of the migration’s own revision, in the services’ network, and followed for half an hour', () =>
    expect(run['Properties']).toMatchObject({
      Cluster: { 'Fn::GetAtt': [expect.stringMatching('BackendCluster'), 'Arn'] },
      TaskDefinition: { Ref: expect.stringMatching('BackendMigrationTaskDefinition') },
      Container: 'migration',
      Subnets: ['subnet-1', 'subnet-2'],
      SecurityGroup: 'sg-1',
      LogGroup: '/logs/migration',
      TimeoutSeconds: 1800,
    }));

  test('is what every service waits for', () => {
    const services = Object.values(template.findResources('AWS::ECS::Service'));
    expect(services).toHaveLength(3);
    for (const service of services) {
      expect(service['DependsOn'].filter((id: string) => id.includes('Migration'))).toEqual([runId]);
    }
  });

  test('starts, follows and stops tasks of one family in one cluster, and nothing else of ECS', () => {
    const family = run['Properties'].Family;
    const cluster = { 'Fn::GetAtt': [expect.stringMatching('BackendCluster'), 'Arn'] };
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.startsWith('ecs:'))).toEqual([
      'ecs:RunTask',
      'ecs:DescribeTasks',
      'ecs:StopTask',
      'ecs:TagResource',
      'ecs:ListTasks',
    ]);
    for (const action of ['ecs:RunTask', 'ecs:DescribeTasks', 'ecs:StopTask', 'ecs:ListTasks']) {
      expect(allowed(action)).toEqual([
        expect.objectContaining({ Condition: { ArnEquals: { 'ecs:cluster': cluster } } }),
      ]);
    }
    expect(JSON.stringify(allowed('ecs:RunTask'))).toContain(`:task-definition/${family}:*`);
    expect(allowed('ecs:TagResource')).toMatchObject([
      { Condition: { StringEquals: { 'ecs:CreateAction': 'RunTask' } } },
    ]);
    expect(allowed('cloudformation:DescribeStacks')).toMatchObject([{ Resource: { Ref: 'AWS::StackId' } }]);
  });

  test('passes the tasks’ two roles on, to ECS tasks only', () => {
    expect(allowed('iam:PassRole')).toEqual([
      expect.objectContaining({ Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } }),
    ]);
    expect(allowed('iam:PassRole')[0].Resource).toEqual([
      'arn:aws:iam::123456789012:role/execution',
      'arn:aws:iam::123456789012:role/task',
    ]);
  });

  test('gives no statement a wildcard action, and no role a managed policy', () => {
    for (const { Action } of statements) for (const action of [Action].flat()) expect(action).not.toContain('*');
    for (const { Properties } of Object.values(template.findResources('AWS::IAM::Role'))) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
    }
  });

  test('logs to a group that expires and goes with the stack, from every function', () => {
    template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
    template.allResourcesProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('BackendMigrationRunLogs') } },
    });
  });

  test('can be switched off, and leaves nothing then', () => {
    const without = backendWith({ runBeforeServices: false });
    without.resourceCountIs('Custom::MigrationRun', 0);
    without.resourceCountIs('AWS::Lambda::Function', 0);
    without.resourceCountIs('AWS::IAM::Role', 0);
    without.resourceCountIs('AWS::ECS::TaskDefinition', 4);
  });

  test('may take other than half an hour, and is polled for a while longer, so that the reason is its own', () => {
    const longer = backendWith({ timeout: Duration.minutes(55) });
    longer.hasResourceProperties('Custom::MigrationRun', { TimeoutSeconds: 3300 });
    const [machine] = Object.values(longer.findResources('AWS::StepFunctions::StateMachine'));
    expect(JSON.stringify(machine)).toContain('\\"IntervalSeconds\\":5,\\"MaxAttempts\\":720');
  });

  test.each([59, 3301])('refuses %d seconds, which CloudFormation would not wait for or nobody means', (seconds) =>
    expect(() => backendWith({ timeout: Duration.seconds(seconds) })).toThrow(
      `compute/Backend/Migration/Run:\n  - timeout (seconds) must be a whole number from 60 to 3300, got ${seconds}`,
    ),
  );
});

test.each([{}, recommendedFlags])(
  'a run can be used alone, with any task, without an explicit environment',
  (context) => {
    const stack = new Stack(new App({ context }), 'compute');
    const { vpc, securityGroup, executionRole, taskRole, migration } = imported(stack);
    const { taskDefinition } = new MigrationTask(stack, 'Task', {
      ...migration,
      executionRole,
      taskRole,
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:1'),
    });
    new MigrationRun(stack, 'Run', {
      cluster: new ecs.Cluster(stack, 'Cluster', { vpc }),
      taskDefinition,
      securityGroup,
      logGroup: migration.logGroup,
    });
    Template.fromStack(stack).resourceCountIs('Custom::MigrationRun', 1);
  },
);
