import type { DeployedApp, DeployedResource } from './deployed-app';

/** Actions that a role must be allowed, on resources. */
export interface Need {
  /** ARN of the role. */
  readonly role: string;
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** Why, as a phrase, e.g. `to read the secret DATABASE_URL`. */
  readonly why: string;
}

interface Container {
  readonly Name?: unknown;
  readonly Image?: unknown;
  readonly Environment?: readonly { readonly Name?: unknown; readonly Value?: unknown }[];
  readonly Secrets?: readonly { readonly Name?: unknown; readonly ValueFrom?: unknown }[];
  readonly LogConfiguration?: { readonly LogDriver?: unknown; readonly Options?: Readonly<Record<string, unknown>> };
}

const containersOf = ({ properties }: DeployedResource) =>
  (properties['ContainerDefinitions'] ?? []) as readonly Container[];

/** What ECS needs to start a task: to read its secrets, to write its logs, to pull its images. */
export function startNeeds(task: DeployedResource): Need[] {
  const role = task.value(task.properties['ExecutionRoleArn']);
  if (role === undefined) return [];
  return containersOf(task).flatMap((container) =>
    [secretNeeds(container, task), logNeeds(container, task), imageNeeds(container, task)]
      .flat()
      .map((need) => ({ role, ...need })),
  );
}

/** What a task needs of the queues whose URLs it gets in its environment. */
export function queueNeeds(task: DeployedResource, app: DeployedApp): Need[] {
  const actions = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'];
  return environmentNeeds(task, app.resources('AWS::SQS::Queue'), ({ physicalId, stack: { region, account } }) => {
    const arn = `arn:aws:sqs:${region}:${account}:${physicalId.split('/').at(-1)}`;
    return [{ actions, resources: [arn] }];
  });
}

/** What a task needs of the buckets whose names it gets in its environment. */
export function bucketNeeds(task: DeployedResource, app: DeployedApp): Need[] {
  return environmentNeeds(task, app.resources('AWS::S3::Bucket'), ({ physicalId }) => [
    { actions: ['s3:ListBucket'], resources: [`arn:aws:s3:::${physicalId}`] },
    { actions: ['s3:GetObject', 's3:PutObject'], resources: [`arn:aws:s3:::${physicalId}/*`] },
  ]);
}

type RolelessNeed = Omit<Need, 'role'>;

function secretNeeds({ Secrets = [] }: Container, { value }: DeployedResource): RolelessNeed[] {
  return Secrets.flatMap(({ Name, ValueFrom }) => {
    // arn:aws:secretsmanager:<region>:<account>:secret:<name>, then perhaps key, stage and version.
    const arn = value(ValueFrom)?.split(':').slice(0, 7).join(':');
    const isSecret = arn?.startsWith('arn:aws:secretsmanager:');
    const actions = [isSecret ? 'secretsmanager:GetSecretValue' : 'ssm:GetParameters'];
    return arn === undefined ? [] : [{ actions, resources: [arn], why: `to read the secret ${value(Name)}` }];
  });
}

function logNeeds(
  { LogConfiguration }: Container,
  { value, stack: { region, account } }: DeployedResource,
): RolelessNeed[] {
  const group = value(LogConfiguration?.Options?.['awslogs-group']);
  if (value(LogConfiguration?.LogDriver) !== 'awslogs' || group === undefined) return [];
  return [
    {
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:x`],
      why: `to write to ${group}`,
    },
  ];
}

function imageNeeds({ Image }: Container, { value }: DeployedResource): RolelessNeed[] {
  const [, account, region, repository] =
    /^(\d+)\.dkr\.ecr\.([\w-]+)\.amazonaws\.com\/([^:@]+)/.exec(value(Image) ?? '') ?? [];
  if (repository === undefined) return [];
  return [
    {
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [`arn:aws:ecr:${region}:${account}:repository/${repository}`],
      why: `to pull ${repository}`,
    },
    { actions: ['ecr:GetAuthorizationToken'], resources: ['*'], why: 'to log in to the registry' },
  ];
}

function environmentNeeds(
  task: DeployedResource,
  resources: readonly DeployedResource[],
  needsOf: (resource: DeployedResource) => Omit<RolelessNeed, 'why'>[],
): Need[] {
  const role = task.value(task.properties['TaskRoleArn']);
  if (role === undefined) return [];
  return containersOf(task).flatMap(({ Environment = [] }) =>
    Environment.flatMap(({ Name, Value }) => {
      const found = resources.find(({ physicalId }) => physicalId === task.value(Value));
      const why = `for what its variable ${String(Name)} names`;
      return found ? needsOf(found).map((need) => ({ role, why, ...need })) : [];
    }),
  );
}
