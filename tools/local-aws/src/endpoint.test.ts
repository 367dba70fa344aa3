import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_lambda as lambda } from 'aws-cdk-lib';
import { CfnResource, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalEndpoint, localAwsStatus, resetLocalAws, startLocalAws, stopLocalAws } from './index';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './settings';
import { allTypesApp, IMAGE_PARAMETER, STACKS } from './testing/all-types-app';
import { AllTypesReader } from './testing/all-types-reader';
import { callJson, callQuery, elements } from './testing/aws-calls';
import { Deployments } from './testing/deployments';
import type { Variant } from './testing/variant';

const FIRST: Variant = {
  image: 'nginx:1',
  blockedRange: '203.0.113.0/24',
  ruleDescription: 'first',
  maxCapacity: 4,
  rotationDays: 30,
  threshold: 1,
  circuitBreaker: true,
  trafficType: 'ALL',
  audience: 'first.example.com',
};
const SECOND: Variant = {
  image: 'nginx:2',
  blockedRange: '198.51.100.0/24',
  ruleDescription: 'second',
  maxCapacity: 8,
  rotationDays: 60,
  threshold: 2,
  circuitBreaker: false,
  trafficType: 'REJECT',
  audience: 'second.example.com',
};

const environment = { ...process.env };
let home: string;
let endpoint: LocalEndpoint;
let deployments: Deployments;
let reader: AllTypesReader;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'local-aws-e2e-'));
  process.env.LOCAL_AWS_HOME = home;
  process.env.LOCAL_AWS_PORT = String(await freePort());
  endpoint = await startLocalAws();
  Object.assign(process.env, endpoint.env);
  deployments = new Deployments();
  reader = new AllTypesReader(endpoint.url);
}, 120_000);

afterAll(async () => {
  await stopLocalAws();
  rmSync(home, { recursive: true, force: true });
  process.env = environment;
}, 60_000);

test('starting it again returns the same endpoint and process', async () => {
  const before = await localAwsStatus();
  expect(await startLocalAws()).toEqual({
    ...endpoint,
    closingNotes: expect.any(Function),
    loadBalancerUrl: expect.any(Function),
  });
  expect(await localAwsStatus()).toEqual(before);
});

test('every type of the plug-in is created, and reads back as the template says', async () => {
  await callJson(endpoint.url, 'AmazonSSM.PutParameter', { Name: IMAGE_PARAMETER, Value: 'busybox:1', Type: 'String' });
  await deployments.deploy(allTypesApp(FIRST));
  expect(await reader.variant()).toEqual(FIRST);

  const [task] = await reader.containers();
  expect(task).toMatchObject({
    healthCheck: { command: ['CMD', 'true'], startPeriod: 5 },
    secrets: [{ name: 'TOKEN', valueFrom: '/all-types/token' }],
    logConfiguration: { options: { 'awslogs-group': '/all-types/flow', Mode: 'kept' } },
  });
  const stacks = await callQuery(endpoint.url, 'cloudformation', { Action: 'DescribeStacks' });
  expect(elements(stacks, 'ResolvedValue')).toContain('busybox:1');
  expect(elements(stacks, 'ParameterValue')).toContain(IMAGE_PARAMETER);
  expect(elements(stacks, 'OutputValue')).toContain('10.1.0.0/16');
  expect(elements(stacks, 'LastUpdatedTime')).toEqual([]);
}, 60_000);

test('an update takes effect in every one of them', async () => {
  await deployments.deploy(allTypesApp(SECOND));
  expect(await reader.variant()).toEqual(SECOND);
  const stacks = await callQuery(endpoint.url, 'cloudformation', { Action: 'DescribeStacks' });
  expect(elements(stacks, 'LastUpdatedTime')).toHaveLength(STACKS.length);
}, 60_000);

test('what has no effect is listed in a file', () => {
  const { resources } = JSON.parse(readFileSync(endpoint.recordedWithoutEffectFile, 'utf8'));
  expect(resources).toContainEqual(
    expect.objectContaining({ type: 'AWS::ECS::Service', properties: ['AvailabilityZoneRebalancing'] }),
  );
  expect(resources).toContainEqual(
    expect.objectContaining({ type: 'AWS::ApplicationAutoScaling::ScalingPolicy', recordedOnly: 'nothing scales' }),
  );
});

test('what is deployed is there again after a stop and a start', async () => {
  await stopLocalAws();
  expect(await localAwsStatus()).toMatchObject({ running: false });
  await startLocalAws();
  expect(await reader.variant()).toEqual(SECOND);
}, 60_000);

test('a stack that refers to something that does not exist is refused, saying what', async () => {
  const app = new App();
  const stack = new Stack(app, 'Dangling', { env: { account: LOCAL_ACCOUNT, region: LOCAL_REGION } });
  new ec2.CfnSecurityGroup(stack, 'Group', { groupDescription: 'd', vpcId: 'vpc-0123456789abcdef0' });
  await expect(deployments.deploy(app)).rejects.toThrow();
  expect(deployments.messages.join('\n')).toContain(
    'property VpcId refers to vpc-0123456789abcdef0, which does not exist',
  );
  await deployments.destroy(app);
}, 60_000);

test('a stack with a type that nothing handles is refused before anything is created', async () => {
  const app = new App();
  const stack = new Stack(app, 'Unknown', { env: { account: LOCAL_ACCOUNT, region: LOCAL_REGION } });
  new CfnResource(stack, 'Fleet', { type: 'AWS::GameLift::Fleet' });
  await expect(deployments.deploy(app)).rejects.toThrow('Unrecognized resource types: [AWS::GameLift::Fleet]');
}, 60_000);

test('a custom resource whose function throws fails at once, with its message', async () => {
  const app = new App();
  const stack = new Stack(app, 'Failing', { env: { account: LOCAL_ACCOUNT, region: LOCAL_REGION } });
  const handler = new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => { throw new Error("thrown on purpose"); };'),
  });
  new CustomResource(stack, 'Fails', { serviceToken: handler.functionArn });
  await expect(deployments.deploy(app)).rejects.toThrow();
  expect(deployments.messages.join('\n')).toContain('thrown on purpose');
  await deployments.destroy(app);
}, 60_000);

test('a change set is executable when only outputs differ, and tells values before and after', async () => {
  const body = (zone: object, Outputs: object) =>
    JSON.stringify({
      Parameters: { Name: { Type: 'String', Default: 'change-sets.example' } },
      Resources: {
        Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: zone } },
        Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: zone } },
      },
      Outputs: { Zone: { Value: { Ref: 'Zone' } }, ...Outputs },
    });
  const call = (Action: string, more: Record<string, string> = {}) =>
    callQuery(endpoint.url, 'cloudformation', { Action, StackName: 'ChangeSets', ...more });
  const changeSet = async (TemplateBody: string, ChangeSetName: string) => {
    await call('CreateChangeSet', { TemplateBody, ChangeSetName });
    return call('DescribeChangeSet', { ChangeSetName, IncludePropertyValues: 'true' });
  };
  const literal = 'change-sets.example' as unknown as object;
  await call('CreateStack', { TemplateBody: body(literal, {}) });

  const outputs = await changeSet(body(literal, { More: { Value: 'x' } }), 'outputs');
  expect([elements(outputs, 'ExecutionStatus'), elements(outputs, 'LogicalResourceId')]).toEqual([['AVAILABLE'], []]);
  const nothing = await changeSet(body(literal, {}), 'nothing');
  expect(elements(nothing, 'ExecutionStatus')).toEqual(['UNAVAILABLE']);

  const sameValue = await changeSet(body({ Ref: 'Name' }, {}), 'same-value');
  expect(elements(sameValue, 'ExecutionStatus')).toEqual(['AVAILABLE']);
  const other = await changeSet(body('other.example' as unknown as object, {}), 'other');
  expect(elements(other, 'Replacement')).toEqual(['False', 'True']);
  expect(elements(other, 'BeforeValue')).toEqual(['change-sets.example', 'change-sets.example']);
  expect(elements(other, 'AfterValue')).toEqual(['other.example', 'other.example']);
  await call('DeleteStack');
}, 60_000);

test('a custom resource may be polled for, as the CDK’s provider framework does', async () => {
  const app = new App();
  const stack = new Stack(app, 'Polling', { env: { account: LOCAL_ACCOUNT, region: LOCAL_REGION } });
  const handler = (id: string, code: string) =>
    new lambda.Function(stack, id, {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(code),
    });
  const provider = new Provider(stack, 'Provider', {
    onEventHandler: handler('OnEvent', 'exports.handler = async () => ({ At: Date.now() + 1500 });'),
    isCompleteHandler: handler(
      'IsComplete',
      'exports.handler = async (event) => Date.now() < event.At ? { IsComplete: false } : { IsComplete: true };',
    ),
    queryInterval: Duration.seconds(1),
    totalTimeout: Duration.seconds(20),
  });
  new CustomResource(stack, 'Polled', { serviceToken: provider.serviceToken });
  await deployments.deploy(app);
  await deployments.destroy(app);
}, 60_000);

test('a task that is run by itself fails to start, and says that no container runs here', async () => {
  const app = new App();
  const stack = new Stack(app, 'OneOff', { env: { account: LOCAL_ACCOUNT, region: LOCAL_REGION } });
  new ecs.CfnCluster(stack, 'Cluster', { clusterName: 'one-off' });
  new ecs.CfnTaskDefinition(stack, 'Task', {
    family: 'one-off',
    containerDefinitions: [{ name: 'main', image: 'busybox:1' }],
  });
  await deployments.deploy(app);
  const call = (action: string, request: object) =>
    callJson<{ tasks: { taskArn: string }[] }>(endpoint.url, `AmazonEC2ContainerServiceV20141113.${action}`, {
      cluster: 'one-off',
      ...request,
    });
  const { tasks: started } = await call('RunTask', { taskDefinition: 'one-off' });
  const { tasks } = await call('DescribeTasks', { tasks: started.map(({ taskArn }) => taskArn) });
  expect(tasks).toEqual([
    expect.objectContaining({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'The local endpoint runs no containers',
      containers: [expect.not.objectContaining({ exitCode: expect.anything() })],
    }),
  ]);
  await deployments.destroy(app);
}, 60_000);

test('what is changed behind CloudFormation is detected, and reverted by a drift-aware change set', async () => {
  const app = driftingApp();
  await deployments.deploy(app);
  expect(await drifts('Drifting')).toEqual({ Group: 'IN_SYNC', Logs: 'IN_SYNC', Value: 'IN_SYNC' });

  const [groupId] = await physicalIds('Drifting', 'Group');
  const rule = (port: string) => ({
    GroupId: groupId!,
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    CidrIp: '10.0.0.0/8',
  });
  await callQuery(endpoint.url, 'ec2', { Action: 'RevokeSecurityGroupIngress', ...rule('443') });
  await callQuery(endpoint.url, 'ec2', { Action: 'AuthorizeSecurityGroupIngress', ...rule('22') });
  await callJson(endpoint.url, 'Logs_20140328.DeleteLogGroup', { logGroupName: '/drifting' });
  await callJson(endpoint.url, 'AmazonSSM.PutParameter', { Name: '/drifting', Value: 'other', Overwrite: true });
  expect(await drifts('Drifting')).toEqual({ Group: 'MODIFIED', Logs: 'DELETED', Value: 'MODIFIED' });

  await deployments.deploy(driftingApp());
  expect(await drifts('Drifting')).toMatchObject({ Logs: 'DELETED' });
  await deployments.revertDrift(driftingApp());
  expect(await drifts('Drifting')).toEqual({ Group: 'IN_SYNC', Logs: 'IN_SYNC', Value: 'IN_SYNC' });
  const groups = await callQuery(endpoint.url, 'ec2', { Action: 'DescribeSecurityGroups', 'GroupId.1': groupId! });
  expect(elements(groups, 'toPort')).toEqual(['443']);
  await deployments.destroy(app);
}, 60_000);

test('after a destroy, nothing is left', async () => {
  await deployments.destroy(allTypesApp(SECOND));
  expect(await reader.existing()).toEqual([]);
  const { resources } = JSON.parse(readFileSync(endpoint.recordedWithoutEffectFile, 'utf8')) as {
    resources: { stack: string }[];
  };
  expect(resources.filter(({ stack }) => STACKS.includes(stack))).toEqual([]);
}, 60_000);

test('killed without warning, it starts again, empty and bootstrapped', async () => {
  const { pid } = await localAwsStatus();
  process.kill(pid!, 'SIGKILL');
  await startLocalAws();
  expect((await localAwsStatus()).pid).not.toBe(pid);
  await callJson(endpoint.url, 'AmazonSSM.GetParameter', { Name: '/cdk-bootstrap/hnb659fds/version' });
  await expect(callJson(endpoint.url, 'AmazonSSM.GetParameter', { Name: IMAGE_PARAMETER })).rejects.toThrow();
}, 60_000);

test('a reset stops it and forgets everything', async () => {
  await resetLocalAws();
  expect(await localAwsStatus()).toMatchObject({ running: false });
}, 60_000);

function driftingApp(): App {
  const app = new App();
  const stack = new Stack(app, 'Drifting', { env: { account: LOCAL_ACCOUNT, region: LOCAL_REGION } });
  new ec2.CfnSecurityGroup(stack, 'Group', {
    groupDescription: 'd',
    securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '10.0.0.0/8' }],
  });
  new CfnResource(stack, 'Logs', { type: 'AWS::Logs::LogGroup', properties: { LogGroupName: '/drifting' } });
  const Value = { Name: '/drifting', Type: 'String', Value: 'one' };
  new CfnResource(stack, 'Value', { type: 'AWS::SSM::Parameter', properties: Value });
  return app;
}

/** What drift detection says of each resource. */
async function drifts(StackName: string): Promise<Record<string, string>> {
  await callQuery(endpoint.url, 'cloudformation', { Action: 'DetectStackDrift', StackName });
  const found = await callQuery(endpoint.url, 'cloudformation', { Action: 'DescribeStackResourceDrifts', StackName });
  const statuses = elements(found, 'StackResourceDriftStatus');
  const entries = elements(found, 'LogicalResourceId').map((id, index) => [id, statuses[index]] as const);
  return Object.fromEntries(entries.filter(([id]) => id !== 'CDKMetadata')) as Record<string, string>;
}

async function physicalIds(StackName: string, LogicalResourceId: string): Promise<string[]> {
  const request = { Action: 'DescribeStackResource', StackName, LogicalResourceId };
  return elements(await callQuery(endpoint.url, 'cloudformation', request), 'PhysicalResourceId');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
