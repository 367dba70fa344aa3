import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { ECSClient } from '@aws-sdk/client-ecs';
import { createIsComplete } from './completion';
import type { PolledRequest, RunProperties, RunRequest } from './request';
import { ScriptedEcs } from '../test/scripted-ecs';
import { createOnEvent } from './start';

const PROPERTIES: RunProperties = {
  Cluster: 'arn:aws:ecs:eu-west-1:123456789012:cluster/backend',
  TaskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/migration:8',
  Family: 'migration',
  Container: 'migration',
  Subnets: ['subnet-1', 'subnet-2'],
  SecurityGroup: 'sg-1',
  LogGroup: '/backend/migration',
  TimeoutSeconds: '600',
};
const TASK = 'arn:aws:ecs:eu-west-1:123456789012:task/backend/0123456789abcdef';
const REQUEST: RunRequest = {
  RequestType: 'Update',
  RequestId: '5e6b3f0e-2f6f-4a0e-9a67-7b1f0b8f4c11',
  StackId: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/compute/1',
  LogicalResourceId: 'BackendMigrationRun',
  PhysicalResourceId: 'BackendMigrationRun',
  ResourceProperties: PROPERTIES,
  OldResourceProperties: { ...PROPERTIES, TaskDefinition: PROPERTIES.TaskDefinition.replace(':8', ':7') },
};
const THROTTLED = { error: 'ThrottlingException', message: 'Rate exceeded' };
const NONE_RUNNING = { body: { taskArns: [] } };
const STARTED = { body: { tasks: [{ taskArn: TASK }], failures: [] } };

let aws: ScriptedEcs;
let endpoint: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
let pauses: number[];
let time: number;

beforeEach(async () => {
  aws = new ScriptedEcs();
  endpoint = {
    endpoint: await aws.start(),
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  pauses = [];
  time = 0;
  aws.script('ListTasks', NONE_RUNNING);
  aws.script('RunTask', STARTED);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await aws.stop();
});

const ecs = () => new ECSClient({ ...endpoint, maxAttempts: 3 });
const now = () => time;

function start(request: Partial<RunRequest> = {}) {
  const cloudFormation = new CloudFormationClient(endpoint);
  const sleep = async (ms: number) => void pauses.push(ms);
  return createOnEvent({ ecs: ecs(), cloudFormation, sleep, now })({ ...REQUEST, ...request });
}

function poll(request: Partial<PolledRequest> = { Run: { TaskArn: TASK, Deadline: 600_000 } }) {
  return createIsComplete({ ecs: ecs(), now })({ ...REQUEST, ...request });
}

/** The one task, as DescribeTasks shows it. */
function scriptTask(task: object): void {
  aws.script('DescribeTasks', { body: { tasks: [{ taskArn: TASK, ...task }], failures: [] } });
}

function stopped(exitCode: number | undefined, task: object = {}) {
  scriptTask({
    lastStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [
      { name: 'otel', exitCode: 0 },
      { name: 'migration', exitCode },
    ],
    ...task,
  });
}

describe('the start', () => {
  test('runs the task definition once, in the services’ network, on demand, with the request as token', async () => {
    time = 1000;
    await expect(start()).resolves.toEqual({
      PhysicalResourceId: 'BackendMigrationRun',
      Run: { TaskArn: TASK, Deadline: 601_000 },
    });
    expect(aws.inputsOf('RunTask')).toEqual([
      {
        cluster: PROPERTIES.Cluster,
        taskDefinition: PROPERTIES.TaskDefinition,
        launchType: 'FARGATE',
        propagateTags: 'TASK_DEFINITION',
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-1', 'subnet-2'],
            securityGroups: ['sg-1'],
            assignPublicIp: 'DISABLED',
          },
        },
        startedBy: REQUEST.RequestId,
        clientToken: `${REQUEST.RequestId}-0`,
      },
    ]);
  });

  test('runs it for a new resource too, which keeps its id from then on', async () => {
    const created = { RequestType: 'Create', PhysicalResourceId: undefined, OldResourceProperties: undefined } as const;
    await expect(start(created)).resolves.toMatchObject({
      PhysicalResourceId: 'BackendMigrationRun',
      Run: { TaskArn: TASK },
    });
  });

  test('does nothing when the resource is deleted, or changes in anything but the task definition', async () => {
    const sameTask = { ...PROPERTIES, Subnets: ['subnet-3'] };
    for (const request of [{ RequestType: 'Delete' } as const, { OldResourceProperties: sameTask }]) {
      await expect(start(request)).resolves.toEqual({ PhysicalResourceId: 'BackendMigrationRun' });
    }
    expect(aws.calls).toEqual([]);
  });

  test('runs no former migration while the stack is rolled back', async () => {
    aws.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    await expect(start()).resolves.toEqual({ PhysicalResourceId: 'BackendMigrationRun' });
    expect(aws.calls.map(({ operation }) => operation)).toEqual(['DescribeStacks']);
  });

  test('follows the task that a former delivery of the same request has started', async () => {
    aws.script('ListTasks', { body: { taskArns: [TASK] } });
    scriptTask({ startedBy: REQUEST.RequestId });
    await expect(start()).resolves.toMatchObject({ Run: { TaskArn: TASK } });
    expect(aws.inputsOf('ListTasks')).toEqual([{ cluster: PROPERTIES.Cluster, family: 'migration' }]);
    expect(aws.inputsOf('RunTask')).toEqual([]);
  });

  test('starts none beside a migration that somebody else has started', async () => {
    aws.script('ListTasks', { body: { taskArns: [TASK] } });
    scriptTask({ startedBy: 'a person' });
    await expect(start()).rejects.toThrow(`Another migration is running and two must not at once: task ${TASK}.`);
    expect(aws.inputsOf('RunTask')).toEqual([]);
  });

  test('waits out throttling, as the SDK does', async () => {
    aws.script('RunTask', THROTTLED, THROTTLED, STARTED);
    await expect(start()).resolves.toMatchObject({ Run: { TaskArn: TASK } });
    expect(pauses).toEqual([]);
  });

  test('waits for capacity, for permissions and for ECS’s own role, with a new token each time', async () => {
    aws.script(
      'RunTask',
      { body: { tasks: [], failures: [{ reason: 'Capacity is unavailable at this time.' }] } },
      { error: 'AccessDeniedException', message: 'not authorized to perform: iam:PassRole' },
      { error: 'InvalidParameterException', message: 'Unable to assume the service linked role.' },
      STARTED,
    );
    await expect(start()).resolves.toMatchObject({ Run: { TaskArn: TASK } });
    expect(pauses).toEqual([2000, 4000, 8000]);
    expect(aws.inputsOf('RunTask').map(({ clientToken }) => String(clientToken).slice(-2))).toEqual([
      '-0',
      '-1',
      '-2',
      '-3',
    ]);
  });

  test('gives up after a minute without capacity, and says why no task was placed', async () => {
    aws.script('RunTask', { body: { tasks: [], failures: [{ reason: 'RESOURCE:ENI', detail: 'subnet is full' }] } });
    await expect(start()).rejects.toThrow('ECS did not start the migration’s task: RESOURCE:ENI: subnet is full.');
    expect(pauses).toEqual([2000, 4000, 8000, 16000, 30000]);
  });

  test.each([
    [{ body: { tasks: [], failures: [{ reason: 'MISSING' }] } }, 'ECS did not start the migration’s task: MISSING.'],
    [{ body: { tasks: [], failures: [] } }, 'ECS did not start the migration’s task: it gave no reason.'],
    [
      { error: 'ClusterNotFoundException', message: 'Cluster not found.' },
      'The migration could not be run or followed: ClusterNotFoundException: Cluster not found.',
    ],
  ])('gives up at once on what does not pass by itself: %j', async (answer, message) => {
    aws.script('RunTask', answer);
    await expect(start()).rejects.toThrow(message);
    expect(pauses).toEqual([]);
  });
});

describe('a poll', () => {
  test('is content where nothing was started', async () => {
    await expect(poll({})).resolves.toEqual({ IsComplete: true });
    expect(aws.calls).toEqual([]);
  });

  test('goes on while the task starts, runs, or is not visible yet', async () => {
    aws.script(
      'DescribeTasks',
      { body: { tasks: [], failures: [{ arn: TASK, reason: 'MISSING' }] } },
      { body: { tasks: [{ taskArn: TASK, lastStatus: 'PROVISIONING' }] } },
      THROTTLED,
      { body: { tasks: [{ taskArn: TASK, lastStatus: 'RUNNING' }] } },
    );
    for (let time = 0; time < 3; time++) await expect(poll()).resolves.toEqual({ IsComplete: false });
    expect(aws.inputsOf('DescribeTasks')[0]).toEqual({ cluster: PROPERTIES.Cluster, tasks: [TASK] });
  });

  test('ends well when the migration’s container ended with 0 by itself', async () => {
    stopped(0);
    await expect(poll()).resolves.toEqual({ IsComplete: true });
  });

  test('fails with exit code, reason and log stream, in one line that CloudFormation shows as it is', async () => {
    stopped(3);
    const error = await poll().catch((thrown: Error) => thrown as Error & { stack: string });
    expect(error).toMatchObject({
      message:
        'The migration ended with exit code 3 (EssentialContainerExited; Essential container in task exited). ' +
        'Its output is in log group /backend/migration, stream migration/migration/0123456789abcdef. Task ' +
        `${TASK}.`,
    });
    expect(error).toHaveProperty('stack', (error as Error).message);
  });

  test('fails when the container never started, with the reason', async () => {
    stopped(undefined, {
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'CannotPullContainerError: v9: not found',
      containers: [{ name: 'migration', reason: 'CannotPullContainerError' }],
    });
    await expect(poll()).rejects.toThrow(
      'The migration’s container did not start (TaskFailedToStart; CannotPullContainerError: v9: not found; ' +
        `CannotPullContainerError). Task ${TASK}.`,
    );
  });

  test('fails when the task was stopped, even if its container then ended in good order', async () => {
    stopped(0, { stopCode: 'UserInitiated', stoppedReason: 'stopped by hand' });
    await expect(poll()).rejects.toThrow('ended with exit code 0 (UserInitiated; stopped by hand)');
  });

  test('fails without any reason given, too', async () => {
    stopped(1, { stopCode: undefined, stoppedReason: undefined });
    await expect(poll()).rejects.toThrow('The migration ended with exit code 1. Its output');
  });

  test('stops a migration that takes too long, and fails', async () => {
    scriptTask({ lastStatus: 'RUNNING' });
    aws.script('StopTask', { body: {} });
    time = 600_000;
    await expect(poll()).rejects.toThrow(
      'The migration took longer than 600 seconds and was stopped. Its output is in',
    );
    expect(aws.inputsOf('StopTask')).toEqual([
      { cluster: PROPERTIES.Cluster, task: TASK, reason: 'The migration took longer than 600 seconds' },
    ]);
  });

  test('fails in few words, whatever AWS says', async () => {
    aws.script('DescribeTasks', { error: 'ClientException', message: 'no\n'.repeat(3000) });
    const error = (await poll().catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toMatch(/^The migration could not be run or followed: ClientException: no no/);
    expect(Buffer.byteLength(error.stack!)).toBeLessThan(2100);
  });
});
