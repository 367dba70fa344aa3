import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Where an environment is deployed. */
export interface Place {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** Of the CDK's bootstrap. */
  readonly qualifier: string;
}

/** The roles of the CDK's bootstrap that the CDK itself assumes. The fifth is CloudFormation's, which nobody else assumes. */
const BOOTSTRAP_ROLES = ['deploy', 'file-publishing', 'image-publishing', 'lookup'];

/** What a deploy is allowed by its own credentials: everything else it does in the roles of the bootstrap. */
export function deployStatements(place: Place): PolicyStatement[] {
  return [assumeBootstrapRoles(place), keepRecords(place), ...runTasks(place), passRoles(place)];
}

/** What `status`, `diff` and a dry run are allowed: to read, in the lookup role of the bootstrap, and the engine's records. */
export function readStatements(place: Place): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'AssumeLookupRole',
      actions: ['sts:AssumeRole'],
      resources: [bootstrapRoleArn(place, 'lookup')],
    }),
    new PolicyStatement({
      sid: 'ReadRecords',
      actions: ['ssm:GetParameter'],
      resources: ['lock', 'base', 'carried-parameters'].map((record) => recordArn(place, record)),
    }),
  ];
}

function assumeBootstrapRoles(place: Place): PolicyStatement {
  return new PolicyStatement({
    sid: 'AssumeBootstrapRoles',
    actions: ['sts:AssumeRole'],
    resources: BOOTSTRAP_ROLES.map((role) => bootstrapRoleArn(place, role)),
  });
}

function bootstrapRoleArn({ account, region, qualifier }: Place, role: string): string {
  return `arn:aws:iam::${account}:role/cdk-${qualifier}-${role}-role-${account}-${region}`;
}

/** What the engine remembers of the environment. None of the bootstrap's roles may write parameters. */
function keepRecords(place: Place): PolicyStatement {
  return new PolicyStatement({
    sid: 'KeepRecords',
    actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
    resources: ['lock', 'lock/takeover', 'base', 'carried-parameters'].map((record) => recordArn(place, record)),
  });
}

function recordArn({ environment, account, region }: Place, record: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter/v3-backend/${environment}/deploy/${record}`;
}

/** `verify` runs tasks of the environment once, which is more than reading. ECS passes them their roles for whoever does so. */
function runTasks({ environment, account, region }: Place): PolicyStatement[] {
  const arn = (resource: string) => `arn:aws:ecs:${region}:${account}:${resource}`;
  const onItsClusters = { ArnLike: { 'ecs:cluster': arn(`cluster/v3-backend-${environment}-*`) } };
  return [
    new PolicyStatement({
      sid: 'RunTasks',
      actions: ['ecs:RunTask'],
      resources: [arn(`task-definition/v3-backend-${environment}-*-task:*`)],
      conditions: onItsClusters,
    }),
    new PolicyStatement({
      sid: 'FollowTasks',
      actions: ['ecs:DescribeTasks', 'ecs:StopTask'],
      resources: [arn(`task/v3-backend-${environment}-*`)],
      conditions: onItsClusters,
    }),
    // The action has no resources.
    new PolicyStatement({ sid: 'ReadTaskDefinitions', actions: ['ecs:DescribeTaskDefinition'], resources: ['*'] }),
  ];
}

/** The statement of the plan, word for word. */
function passRoles({ account }: Place): PolicyStatement {
  return PolicyStatement.fromJson({
    Sid: 'AllowPassingECSRoles',
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: [
      `arn:aws:iam::${account}:role/v3-backend-*-task-execution-role`,
      `arn:aws:iam::${account}:role/v3-backend-*-task-role`,
    ],
    Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
  });
}
