import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { env, contract, stackWith, imported } from '../test/fixture';
import { FargateBackend, ImageTagParameter } from './index';

describe('a backend whose roles, groups and targets are constructs of another stack', () => {
  const app = new App({ context: recommendedFlags });
  const owner = new Stack(app, 'owner', { env });
  const vpc = new ec2.Vpc(owner, 'Vpc');
  const securityGroup = new ec2.SecurityGroup(owner, 'Tasks', { vpc, allowAllOutbound: false });
  const loadBalancer = new elbv2.ApplicationLoadBalancer(owner, 'LoadBalancer', { vpc });
  const assumedBy = new iam.ServicePrincipal('ecs-tasks.amazonaws.com');
  const service = (name: string, port: number) => {
    const targetGroup = new elbv2.ApplicationTargetGroup(owner, `${name}Targets`, {
      vpc,
      port: 3000,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targetType: elbv2.TargetType.IP,
    });
    loadBalancer
      .addListener(name, { port, protocol: elbv2.ApplicationProtocol.HTTP, open: false })
      .addTargetGroups('Targets', { targetGroups: [targetGroup] });
    return { targetGroup, logGroup: new logs.LogGroup(owner, `${name}Logs`) };
  };
  const secret = new secretsmanager.Secret(owner, 'Url');
  const props = {
    vpc,
    securityGroup,
    executionRole: new iam.Role(owner, 'ExecutionRole', { assumedBy }),
    taskRole: new iam.Role(owner, 'TaskRole', { assumedBy }),
    secrets: { DATABASE_URL: ecs.Secret.fromSecretsManager(secret) },
    api: service('api', 80),
    worker: { ...service('worker', 81), queues: [new sqs.Queue(owner, 'Jobs')] },
    scheduler: service('scheduler', 82),
    migration: { logGroup: new logs.LogGroup(owner, 'MigrationLogs') },
    imageTag: 'v1',
    enableExecuteCommand: true,
  };
  const stack = new Stack(app, 'compute', { env });
  new FargateBackend(stack, 'Backend', { ...props, repository: ecr.Repository.fromRepositoryName(stack, 'Repo', 'b') });

  test('adds no policy, rule or reference to that stack', () => {
    const template = Template.fromStack(owner);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
    expect(owner.dependencies).toEqual([]);
    expect(stack.dependencies).toEqual([owner]);
  });
});

describe('the image tag as a parameter', () => {
  test('is named ImageTag, checked by CloudFormation, and published as currentImageTag', () => {
    const stack = stackWith();
    const { tag } = new ImageTagParameter(stack, 'ImageTag', { defaultTag: 'initial' });
    new FargateBackend(stack, 'Backend', { ...imported(stack), imageTag: tag }).publish(contract);
    const template = Template.fromStack(stack);
    template.hasParameter('ImageTag', { Type: 'String', Default: 'initial', AllowedPattern: Match.anyValue() });
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/v3-backend/development/compute/currentImageTag',
      Value: { Ref: 'ImageTag' },
    });
    expect(JSON.stringify(template.findResources('AWS::ECS::TaskDefinition'))).toContain(
      '.dkr.ecr.eu-west-1.",{"Ref":"AWS::URLSuffix"},"/backend:",{"Ref":"ImageTag"}',
    );
  });

  test('may be a digest, of which CloudFormation makes the reference that ECR knows', () => {
    const stack = stackWith();
    const { tag } = new ImageTagParameter(stack, 'ImageTag', { defaultTag: 'initial' });
    new FargateBackend(stack, 'Backend', { ...imported(stack), imageTag: tag });
    const template = Template.fromStack(stack);
    const [definition] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
    const imageOf = (ImageTag: string) =>
      evaluate(definition!['Properties'].ContainerDefinitions[0].Image, {
        ImageTag,
        'AWS::URLSuffix': 'amazonaws.com',
      });
    const digest = `sha256:${'0a'.repeat(32)}`;
    const repository = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/backend';
    expect([imageOf('v1'), imageOf(digest)]).toEqual([`${repository}:v1`, `${repository}@${digest}`]);

    const { AllowedPattern } = template.findParameters('ImageTag')['ImageTag']!;
    const allowed = new RegExp(AllowedPattern);
    expect(['v1', digest, 'sha256:0a', '-v1', `v1@${digest}`].map((value) => allowed.test(value))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('refuses a default that is no tag', () => {
    expect(() => new ImageTagParameter(stackWith(), 'Tag', { defaultTag: '-latest', parameterName: 'a-b' })).toThrow(
      /defaultTag must be an image tag.*got "-latest"\n.*parameterName must be 1 to 255 letters or digits, got "a-b"/,
    );
  });
});

/** What CloudFormation makes of `Ref`, `Fn::Join` and `Fn::Split`. */
function evaluate(value: unknown, parameters: { [name: string]: string }): unknown {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((item) => evaluate(item, parameters));
  const [[name, argument]] = Object.entries(value as object) as [[string, [string, unknown]]];
  if (name === 'Ref') return parameters[String(argument)];
  const [delimiter, operand] = argument;
  const operands = evaluate(operand, parameters);
  return name === 'Fn::Join' ? (operands as string[]).join(delimiter) : String(operands).split(delimiter);
}

describe('a backend of another stack', () => {
  test('is known by what that publishes, and only what is used is read', () => {
    const stack = stackWith();
    const backend = FargateBackend.fromSsm(stack, 'Backend', contract);
    stack.exportValue(backend.clusterName, { name: 'cluster' });
    const read = Object.values(Template.fromStack(stack).findParameters('*')).map(({ Default }) => Default);
    expect(read.filter((name) => name.startsWith(contract.path))).toEqual([`${contract.path}/clusterName`]);
  });

  test('every published value can be read back', () => {
    const stack = stackWith();
    const backend = FargateBackend.fromSsm(stack, 'Backend', contract);
    const keys = [
      'clusterName',
      'clusterArn',
      'apiServiceName',
      'workerServiceName',
      'schedulerServiceName',
      'apiTaskDefinitionFamily',
      'workerTaskDefinitionFamily',
      'schedulerTaskDefinitionFamily',
      'migrationTaskDefinitionFamily',
      'namespaceName',
      'namespaceId',
      'currentImageTag',
    ] as const;
    for (const key of keys) {
      const parameter = stack.resolve(backend[key]).Ref;
      expect(parameter.toLowerCase()).toContain(`compute${key}`.toLowerCase());
    }
  });

  test('may be given by its attributes', () => {
    const stack = stackWith();
    const attributes = {
      clusterName: 'c',
      clusterArn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/c',
      apiServiceName: 'a',
      workerServiceName: 'w',
      schedulerServiceName: 's',
      apiTaskDefinitionFamily: 'a',
      workerTaskDefinitionFamily: 'w',
      schedulerTaskDefinitionFamily: 's',
      migrationTaskDefinitionFamily: 'm',
      namespaceName: 'backend.internal',
      namespaceId: 'ns-1',
      currentImageTag: 'v1',
    };
    expect(FargateBackend.fromFargateBackendAttributes(stack, 'Backend', attributes)).toMatchObject(attributes);
  });
});
