import { awsError, type Answers, deployedApp, deployedStack, findingOf } from '../testing/deployed';
import { taskCheck, withoutCredentials } from './one-off-task';

const app = deployedApp(
  deployedStack('compute', {
    Task: { Type: 'AWS::ECS::TaskDefinition', id: 'arn:task:3', Properties: { Family: 'shop-api' } },
    Other: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'shop-worker' } },
    Service: { Type: 'AWS::ECS::Service', id: 'arn:aws:ecs:eu-west-1:123456789012:service/shop/api' },
  }),
);
const check = taskCheck(
  { name: 'tasks reach the database', topic: 'connectivity', family: 'shop-api', command: ['probe'], minutes: 1 },
  { next: () => 0 },
);
const network = { awsvpcConfiguration: { subnets: ['subnet-1'] } };
const definition = {
  taskDefinitionArn: 'arn:task:3',
  containerDefinitions: [
    { name: 'api', logConfiguration: { options: { 'awslogs-group': '/shop/api', 'awslogs-stream-prefix': 'api' } } },
  ],
};

/** ECS in which a task ends like this, after it was asked about twice. */
function ecs(stopped: object, more: Answers = {}): Answers {
  let asked = 0;
  const task = { taskArn: 'arn:aws:ecs:::task/shop/abc', clusterArn: 'shop' };
  return {
    DescribeServices: () => ({
      services: [{ status: 'ACTIVE', clusterArn: 'shop', networkConfiguration: network, launchType: 'FARGATE' }],
    }),
    DescribeTaskDefinition: () => ({ taskDefinition: definition }),
    RunTask: () => ({ tasks: [task] }),
    DescribeTasks: () => ({ tasks: [{ ...task, ...(++asked > 1 ? { lastStatus: 'STOPPED', ...stopped } : {}) }] }),
    GetLogEvents: () => ({ events: [{ message: 'the database answers\n' }] }),
    ...more,
  };
}

test('the task definition of the family runs the command in the network of a service, and its log is the evidence', async () => {
  const started: object[] = [];
  const answers = ecs({ containers: [{ exitCode: 0 }] });
  const finding = await findingOf(check, app, {
    ...answers,
    RunTask: (input) => (started.push(input), answers['RunTask']!(input)),
    GetLogEvents: ({ logStreamName }) => ({ events: [{ message: `from ${String(logStreamName)}` }] }),
  });
  expect(finding).toEqual([true, 'exit code 0; from api/api/abc']);
  expect(started).toMatchObject([
    {
      taskDefinition: 'arn:task:3',
      networkConfiguration: network,
      launchType: 'FARGATE',
      overrides: { containerOverrides: [{ name: 'api', command: ['probe'] }] },
    },
  ]);
});

test('another exit code fails, and so does a task that does not start', async () => {
  expect(await findingOf(check, app, ecs({ containers: [{ exitCode: 1 }] }))).toEqual([
    false,
    'exit code 1; the database answers',
  ]);
  const noStream = { GetLogEvents: () => awsError('ResourceNotFoundException') };
  expect(await findingOf(check, app, ecs({ stoppedReason: 'CannotPullContainerError' }, noStream))).toEqual([
    false,
    'it did not run: CannotPullContainerError',
  ]);
  const refused = { RunTask: () => ({ failures: [{ reason: 'RESOURCE:CPU' }] }) };
  expect(await findingOf(check, app, ecs({}, refused))).toEqual([false, 'it could not be started: RESOURCE:CPU']);
});

test('a task that takes too long is stopped', async () => {
  const slow = taskCheck(
    { name: 'x', topic: 'connectivity', family: 'shop-api', command: ['probe'], minutes: 0.0001 },
    { next: () => 5 },
  );
  const stopped: unknown[] = [];
  const answers = ecs({}, { StopTask: ({ task }) => (stopped.push(task), {}), DescribeTasks: () => ({ tasks: [{}] }) });
  expect((await findingOf(slow, app, answers))[1]).toContain('was stopped');
  expect(stopped).toEqual(['arn:aws:ecs:::task/shop/abc']);
});

test('no password of a URL gets into the evidence', async () => {
  const printed = { GetLogEvents: () => ({ events: [{ message: 'at postgres://user:planted@db:5432/shop?x=1' }] }) };
  const [, evidence] = await findingOf(check, app, ecs({ containers: [{ exitCode: 1 }] }, printed));
  expect(evidence).toBe('exit code 1; at postgres://****@db:5432/shop?x=1');
  expect(withoutCredentials('https://example.com/a@b')).toBe('https://example.com/a@b');
});
