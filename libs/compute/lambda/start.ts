import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTasksCommand, type ECSClient, ListTasksCommand, RunTaskCommand, type Task } from '@aws-sdk/client-ecs';
import { MigrationError, withBriefErrors } from './migration-error';
import type { PolledRequest, RunProperties, RunRequest } from './request';

/** Pauses between attempts to start the task, in seconds. */
const PAUSES = [2, 4, 8, 16, 30];

export interface StartDependencies {
  readonly ecs: ECSClient;
  readonly cloudFormation: CloudFormationClient;
  sleep(ms: number): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

type Started = Required<Pick<PolledRequest, 'PhysicalResourceId'>> & Pick<PolledRequest, 'Run'>;

/** Starts the migration's task where the request calls for it, and says which one it is. */
export function createOnEvent(dependencies: StartDependencies) {
  return withBriefErrors(async (request: RunRequest): Promise<Started> => {
    const PhysicalResourceId = request.PhysicalResourceId ?? request.LogicalResourceId;
    const { RequestType, ResourceProperties: properties, OldResourceProperties: old } = request;
    const changed = RequestType !== 'Delete' && properties.TaskDefinition !== old?.TaskDefinition;
    const TaskArn = changed ? await startOnce(request, dependencies) : undefined;
    console.log(JSON.stringify({ RequestType, TaskDefinition: properties.TaskDefinition, TaskArn: TaskArn ?? 'none' }));
    if (!TaskArn) return { PhysicalResourceId };
    const Deadline = dependencies.now() + Number(properties.TimeoutSeconds) * 1000;
    return { PhysicalResourceId, Run: { TaskArn, Deadline } };
  });
}

/** The task of this request: the one that it has started before, or a new one. None while the stack is rolled back. */
async function startOnce(request: RunRequest, dependencies: StartDependencies): Promise<string | undefined> {
  for (let attempt = 0; ; attempt++) {
    try {
      if (await isRolledBack(request.StackId, dependencies.cloudFormation)) return undefined;
      return (await runningTask(request, dependencies.ecs)) ?? (await runTask(request, attempt, dependencies.ecs));
    } catch (error) {
      const pause = PAUSES[attempt];
      if (pause === undefined || !passesByItself(error)) throw error;
      await dependencies.sleep(pause * 1000);
    }
  }
}

/**
 * On a rollback CloudFormation asks for the former task definition, which looks like any other update. Running an older
 * migration on a newer schema would at best fail, and with it the rollback.
 */
async function isRolledBack(stackId: string, cloudFormation: CloudFormationClient): Promise<boolean> {
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackId }));
  return /ROLLBACK_IN_PROGRESS/.test(Stacks?.[0]?.StackStatus ?? '');
}

/** The task that a former delivery of the request has started. Throws when a task of another origin is running. */
async function runningTask(request: RunRequest, ecs: ECSClient): Promise<string | undefined> {
  const { Cluster: cluster, Family: family } = request.ResourceProperties;
  const { taskArns } = await ecs.send(new ListTasksCommand({ cluster, family }));
  if (!taskArns?.length) return undefined;
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  const own = tasks.find(({ startedBy }) => startedBy === request.RequestId);
  if (own) return own.taskArn;
  throw new MigrationError(
    `Another migration is running and two must not at once: task ${taskArns.join(', ')}. Wait until it has ended, or ` +
      'stop it, and deploy again.',
  );
}

async function runTask(request: RunRequest, attempt: number, ecs: ECSClient): Promise<string> {
  const { tasks, failures } = await ecs.send(
    new RunTaskCommand({
      ...taskOf(request.ResourceProperties),
      startedBy: request.RequestId,
      // ECS answers a token it knows with the task it made for it. A new one for each attempt, or it would repeat the
      // failure, too.
      clientToken: `${request.RequestId}-${attempt}`,
    }),
  );
  const taskArn = (tasks as Task[] | undefined)?.[0]?.taskArn;
  if (taskArn) return taskArn;
  const reasons = failures?.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(': ')).join('; ');
  throw new NotPlaced(`ECS did not start the migration’s task: ${reasons || 'it gave no reason'}.`);
}

function taskOf({ Cluster, TaskDefinition, Subnets, SecurityGroup }: RunProperties) {
  return {
    cluster: Cluster,
    taskDefinition: TaskDefinition,
    launchType: 'FARGATE' as const,
    propagateTags: 'TASK_DEFINITION' as const,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: Subnets, securityGroups: [SecurityGroup], assignPublicIp: 'DISABLED' as const },
    },
  };
}

/** ECS took the request and placed no task; the reason says whether that can be different in a minute. */
class NotPlaced extends MigrationError {}

/**
 * Capacity comes back; policies made moments ago are not in force everywhere at once; and the first use of ECS in an
 * account makes its service-linked role (cfn-roadmap issue 818). Throttling is the SDK's business.
 */
function passesByItself(error: unknown): boolean {
  const { name, message } = error as Error;
  if (error instanceof NotPlaced) return /capacity|RESOURCE/i.test(message);
  return /^AccessDenied(Exception)?$/.test(name) || /service linked role/i.test(message);
}
