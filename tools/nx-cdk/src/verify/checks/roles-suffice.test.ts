import { awsError, deployedApp, deployedStack, findingOf } from '../../testing/deployed';
import { bucketsAreAccessible, executionRolesSuffice, queuesAreAccessible } from './roles-suffice';

const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:url-AbCdEf';
const queue = 'https://sqs.eu-west-1.amazonaws.com/123456789012/jobs';
const app = deployedApp(
  deployedStack('data', {
    Jobs: { Type: 'AWS::SQS::Queue', id: queue },
    Assets: { Type: 'AWS::S3::Bucket', id: 'assets' },
    Other: { Type: 'AWS::S3::Bucket', id: 'other' },
  }),
  deployedStack(
    'compute',
    {
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          ExecutionRoleArn: 'start-role',
          TaskRoleArn: { 'Fn::Join': ['', ['task-', 'role']] },
          ContainerDefinitions: [
            {
              Image: { 'Fn::Join': ['', ['123456789012.dkr.ecr.eu-west-1.', { Ref: 'AWS::URLSuffix' }, '/shop:v1']] },
              Secrets: [{ Name: 'DATABASE_URL', ValueFrom: `${secret}:url::` }],
              LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': '/shop/api' } },
              Environment: [
                { Name: 'QUEUE_URL', Value: { Ref: 'QueueUrl' } },
                { Name: 'BUCKET', Value: 'assets' },
                { Name: 'WORD', Value: 'nothing' },
              ],
            },
          ],
        },
      },
    },
    { QueueUrl: { value: '/shop/queueUrl', resolved: queue } },
  ),
);

type Asked = { PolicySourceArn: string; ActionNames: string[]; ResourceArns: string[] };
let asked: Asked[] = [];

beforeEach(() => {
  asked = [];
});

const simulating = (...refused: readonly string[]) => ({
  SimulatePrincipalPolicy: (input: object) => {
    asked.push(input as Asked);
    const EvaluationResults = (input as Asked).ActionNames.map((EvalActionName) => ({
      EvalActionName,
      EvalDecision: refused.includes(EvalActionName) ? 'implicitDeny' : 'allowed',
    }));
    return { EvaluationResults };
  },
});

test('the execution role needs the secrets, the log group and the image of the task definition', async () => {
  expect(await findingOf(executionRolesSuffice, app, simulating())).toEqual([true, '6 actions allowed']);
  expect(
    asked.map(({ PolicySourceArn, ActionNames, ResourceArns }) => [PolicySourceArn, ActionNames[0], ...ResourceArns]),
  ).toEqual([
    ['start-role', 'secretsmanager:GetSecretValue', secret],
    ['start-role', 'logs:CreateLogStream', 'arn:aws:logs:eu-west-1:123456789012:log-group:/shop/api:log-stream:x'],
    ['start-role', 'ecr:BatchGetImage', 'arn:aws:ecr:eu-west-1:123456789012:repository/shop'],
    ['start-role', 'ecr:GetAuthorizationToken', '*'],
  ]);
});

test('what is not allowed is named, with what it is for', async () => {
  expect(await findingOf(executionRolesSuffice, app, simulating('secretsmanager:GetSecretValue'))).toEqual([
    false,
    'secretsmanager:GetSecretValue is not allowed, to read the secret DATABASE_URL',
  ]);
});

test('the task role needs the queue whose URL the task is told', async () => {
  expect(await findingOf(queuesAreAccessible, app, simulating())).toEqual([true, '3 actions allowed']);
  expect(asked).toMatchObject([
    { PolicySourceArn: 'task-role', ResourceArns: ['arn:aws:sqs:eu-west-1:123456789012:jobs'] },
  ]);
  expect(await findingOf(queuesAreAccessible, app, simulating('sqs:SendMessage'))).toEqual([
    false,
    'sqs:SendMessage is not allowed, for what its variable QUEUE_URL names',
  ]);
});

test('the task role needs the bucket whose name the task is told, and no other one', async () => {
  expect((await findingOf(bucketsAreAccessible, app, simulating()))[0]).toBe(true);
  expect(asked.flatMap(({ ResourceArns }) => ResourceArns)).toEqual(['arn:aws:s3:::assets', 'arn:aws:s3:::assets/*']);
  expect((await findingOf(bucketsAreAccessible, app, simulating('s3:PutObject')))[0]).toBe(false);
});

test('a role that does not exist suffices for nothing', async () => {
  const missing = { SimulatePrincipalPolicy: () => awsError('NoSuchEntityException') };
  expect(await findingOf(queuesAreAccessible, app, missing)).toEqual([false, 'the role task-role does not exist']);
});
