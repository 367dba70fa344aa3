import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  RunTaskCommand,
  type Service,
  StopTaskCommand,
  type Task,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { TaskCheck } from './app-checks';
import type { Aws } from './aws';
import { type Check, findEach, Untrue } from './check';
import type { DeployedApp, DeployedResource } from './deployed-app';
import { serviceOf } from './services';

/** How often to ask. */
export interface Waits {
  /** The next wait in milliseconds. */
  next(): number;
}

/** How many of the last lines of a task's log are evidence. */
const LINES = 5;

/**
 * A check that runs a deployed task definition once with a command of the app's, in the network of a deployed service of the
 * same stack. The exit code and the last lines of its log are the evidence.
 *
 * The task is started with the credentials of the process: the role that reads may start nothing. They need `ecs:RunTask`,
 * `ecs:StopTask`, and `iam:PassRole` on the task's roles.
 */
export function taskCheck(check: TaskCheck, waits: Waits): Check {
  const { name, topic, family } = check;
  return {
    name,
    topic,
    reliesOn: 'containers',
    subjects: (app) =>
      app
        .resources('AWS::ECS::TaskDefinition')
        .filter(({ properties, value }) => value(properties['Family']) === family),
    run: (definitions, app, aws) => findEach(definitions, (definition) => runOnce(check, definition, app, aws, waits)),
  };
}

async function runOnce(
  { command, minutes }: TaskCheck,
  definition: DeployedResource,
  app: DeployedApp,
  aws: Aws,
  waits: Waits,
): Promise<string> {
  const { stack, physicalId } = definition;
  const neighbour = app.resources('AWS::ECS::Service').find((service) => service.stack === stack);
  if (!neighbour) throw new Untrue('no service is deployed in whose network it could run');
  const service = await serviceOf(neighbour, aws);
  const ecs = await aws.own(ECSClient, stack.region);
  const { taskDefinition = {} } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: physicalId }));
  const started = await start(ecs, taskDefinition, service, command);
  const task = await ended(ecs, started, minutes * 60_000, waits);
  const lines = await lastLines(taskDefinition, task, definition, aws);
  const exitCode = task.containers?.[0]?.exitCode;
  const seen = [
    exitCode === undefined ? `it did not run: ${task.stoppedReason ?? 'nobody says why'}` : `exit code ${exitCode}`,
    ...lines,
  ].join('; ');
  if (exitCode !== 0) throw new Untrue(seen);
  return seen;
}

async function start(ecs: ECSClient, definition: TaskDefinition, service: Service, command: string[]): Promise<Task> {
  const strategy = service.capacityProviderStrategy ?? [];
  const { tasks = [], failures = [] } = await ecs.send(
    new RunTaskCommand({
      cluster: service.clusterArn,
      taskDefinition: definition.taskDefinitionArn,
      networkConfiguration: service.networkConfiguration,
      ...(strategy.length > 0 ? { capacityProviderStrategy: strategy } : { launchType: service.launchType }),
      overrides: { containerOverrides: [{ name: definition.containerDefinitions?.[0]?.name, command }] },
      startedBy: 'nx-cdk-verify',
      count: 1,
    }),
  );
  const [task] = tasks;
  if (!task) throw new Untrue(`it could not be started: ${failures.map(({ reason }) => reason).join(', ')}`);
  return task;
}

/** @throws Untrue when it takes too long; it is stopped then. */
async function ended(ecs: ECSClient, { taskArn, clusterArn }: Task, timeoutMs: number, waits: Waits): Promise<Task> {
  for (let waited = 0; waited <= timeoutMs;) {
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: clusterArn, tasks: [taskArn ?? ''] }));
    const [task] = tasks;
    if (task?.lastStatus === 'STOPPED') return task;
    const wait = waits.next();
    await new Promise((resolve) => setTimeout(resolve, wait));
    waited += wait;
  }
  await ecs.send(
    new StopTaskCommand({ cluster: clusterArn, task: taskArn, reason: 'nx-cdk verify: it took too long' }),
  );
  throw new Untrue(`it did not end within ${timeoutMs / 60_000} minutes, and was stopped`);
}

async function lastLines(
  { containerDefinitions = [] }: TaskDefinition,
  { taskArn }: Task,
  { stack }: DeployedResource,
  aws: Aws,
): Promise<string[]> {
  const [container] = containerDefinitions;
  const { 'awslogs-group': group, 'awslogs-stream-prefix': prefix } = container?.logConfiguration?.options ?? {};
  if (group === undefined || prefix === undefined) return [];
  const client = await aws.reader(CloudWatchLogsClient, stack.place);
  try {
    const { events = [] } = await client.send(
      new GetLogEventsCommand({
        logGroupName: group,
        logStreamName: `${prefix}/${container?.name}/${taskArn?.split('/').at(-1)}`,
        limit: LINES,
      }),
    );
    return events.map(({ message = '' }) => withoutCredentials(message.trim()));
  } catch (error) {
    // A task that never ran has no stream.
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return [];
    throw error;
  }
}

/** The command should print no URL with a password; if it does, it goes no further. */
export function withoutCredentials(line: string): string {
  return line.replaceAll(/\/\/[^/@\s]*:[^@\s]*@/g, '//****@');
}
