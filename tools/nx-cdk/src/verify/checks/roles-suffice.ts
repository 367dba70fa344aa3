import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import type { Aws } from '../aws';
import { type Check, findEach, unlessMissing, Untrue } from '../check';
import type { DeployedApp, DeployedResource } from '../deployed-app';
import { bucketNeeds, type Need, queueNeeds, startNeeds } from '../task-needs';

/** ECS may start the tasks: the execution role is allowed what it needs for that. */
export const executionRolesSuffice = sufficient(
  'roles allow what starting the tasks needs: secrets, logs, images',
  'resources',
  startNeeds,
);

/** The task role is allowed to use the queues that the task is told of. */
export const queuesAreAccessible = sufficient('roles allow the tasks to use their queues', 'connectivity', queueNeeds);

/** The task role is allowed to use the buckets that the task is told of. */
export const bucketsAreAccessible = sufficient(
  'roles allow the tasks to use their buckets',
  'connectivity',
  bucketNeeds,
);

function sufficient(
  name: string,
  topic: Check['topic'],
  needsOf: (task: DeployedResource, app: DeployedApp) => Need[],
): Check {
  return {
    name,
    topic,
    reliesOn: 'permissions',
    subjects: (app) => app.resources('AWS::ECS::TaskDefinition').filter((task) => needsOf(task, app).length > 0),
    run: (tasks, app, aws) => {
      const asked = new Map<string, Promise<string[]>>();
      return findEach(tasks, async (task) => {
        const needs = needsOf(task, app);
        const refused: string[] = [];
        for (const need of needs) {
          const key = JSON.stringify([need.role, need.actions, need.resources]);
          // Tasks share most of what they need.
          const answer = asked.get(key) ?? simulate(need, task, aws);
          asked.set(key, answer);
          refused.push(...(await answer).map((action) => `${action} is not allowed, ${need.why}`));
        }
        if (refused.length > 0) throw new Untrue([...new Set(refused)].join('; '));
        return `${new Set(needs.flatMap(({ actions }) => actions)).size} actions allowed`;
      });
    },
  };
}

/** The actions that IAM's simulator says are not allowed. */
async function simulate({ role, actions, resources }: Need, { stack }: DeployedResource, aws: Aws): Promise<string[]> {
  const client = await aws.reader(IAMClient, stack.place);
  const answer = await unlessMissing(
    client.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: role,
        ActionNames: [...actions],
        ResourceArns: [...resources],
      }),
    ),
    'NoSuchEntityException',
  );
  if (!answer) throw new Untrue(`the role ${role} does not exist`);
  return (answer.EvaluationResults ?? [])
    .filter(({ EvalDecision }) => EvalDecision !== 'allowed')
    .map(({ EvalActionName }) => EvalActionName ?? '');
}
