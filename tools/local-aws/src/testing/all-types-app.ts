import {
  App,
  aws_applicationautoscaling as autoscaling,
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  aws_iam as iam,
  aws_secretsmanager as secretsmanager,
  aws_ssm as ssm,
  Stack,
} from 'aws-cdk-lib';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../settings';
import { addFirewall, addNetwork } from './all-types-network';
import type { Variant } from './variant';

/** The parameter an SSM-typed stack parameter reads. */
export const IMAGE_PARAMETER = '/local-aws-test/image';
/** Host of an issuer of identity tokens. */
export const ISSUER = 'tokens.example.com';
/** Every stack name of the app. */
export const STACKS = ['AllTypesNetwork', 'AllTypesService'];

/** A CDK app that uses every resource type the plug-in adds or takes over, and a bucket emptied by a custom resource. */
export function allTypesApp(variant: Variant): App {
  const app = new App({ analyticsReporting: false });
  const env = { account: LOCAL_ACCOUNT, region: LOCAL_REGION };
  const network = new Stack(app, 'AllTypesNetwork', { env });
  const { group, targetGroup, loadBalancer } = addNetwork(network, variant);
  addFirewall(network, loadBalancer, variant);
  const service = new Stack(app, 'AllTypesService', { env });
  const cluster = new ecs.CfnCluster(service, 'Cluster', { clusterName: 'all-types' });
  addService(service, cluster, { group, targetGroup, variant });
  addAlarms(service, variant);
  addSecret(service, variant);
  new iam.CfnOIDCProvider(service, 'Provider', { url: `https://${ISSUER}`, clientIdList: [variant.audience] });
  return app;
}

interface ServiceParts {
  readonly group: ec2.CfnSecurityGroup;
  readonly targetGroup: elbv2.CfnTargetGroup;
  readonly variant: Variant;
}

function addService(stack: Stack, cluster: ecs.CfnCluster, { group, targetGroup, variant }: ServiceParts) {
  new ecs.CfnClusterCapacityProviderAssociations(stack, 'Providers', {
    cluster: cluster.ref,
    capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
    defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
  });
  const sidecarImage = ssm.StringParameter.valueForStringParameter(stack, IMAGE_PARAMETER);
  const taskDefinition = new ecs.CfnTaskDefinition(stack, 'Task', {
    family: 'all-types',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    containerDefinitions: [
      {
        name: 'api',
        image: variant.image,
        portMappings: [{ containerPort: 3000 }],
        healthCheck: { command: ['CMD', 'true'], startPeriod: 5 },
        secrets: [{ name: 'TOKEN', valueFrom: '/all-types/token' }],
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/all-types/flow', Mode: 'kept' } },
      },
      { name: 'sidecar', image: sidecarImage, essential: false },
    ],
  });
  const service = new ecs.CfnService(stack, 'Service', {
    cluster: cluster.ref,
    serviceName: 'api',
    launchType: 'FARGATE',
    taskDefinition: taskDefinition.ref,
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      deploymentCircuitBreaker: { enable: variant.circuitBreaker, rollback: variant.circuitBreaker },
    },
    healthCheckGracePeriodSeconds: 30,
    availabilityZoneRebalancing: 'ENABLED',
    loadBalancers: [{ containerName: 'api', containerPort: 3000, targetGroupArn: targetGroup.ref }],
    networkConfiguration: { awsvpcConfiguration: { subnets: [], securityGroups: [group.ref] } },
  });
  const target = new autoscaling.CfnScalableTarget(stack, 'Scaling', {
    resourceId: `service/${cluster.ref}/${service.attrName}`,
    scalableDimension: 'ecs:service:DesiredCount',
    serviceNamespace: 'ecs',
    minCapacity: 1,
    maxCapacity: variant.maxCapacity,
  });
  new autoscaling.CfnScalingPolicy(stack, 'ScalingPolicy', {
    policyName: 'cpu',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: 60,
      predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    },
  });
}

function addAlarms(stack: Stack, variant: Variant) {
  const alarm = new cloudwatch.CfnAlarm(stack, 'Ratio', {
    comparisonOperator: 'GreaterThanThreshold',
    evaluationPeriods: 1,
    threshold: variant.threshold,
    metrics: [
      { id: 'ratio', expression: 'errors / 2', returnData: true },
      {
        id: 'errors',
        returnData: false,
        metricStat: { metric: { namespace: 'all-types', metricName: 'errors' }, period: 60, stat: 'Sum' },
      },
    ],
  });
  new cloudwatch.CfnCompositeAlarm(stack, 'Any', { alarmRule: `ALARM("${alarm.ref}")` });
}

function addSecret(stack: Stack, variant: Variant) {
  const secret = new secretsmanager.CfnSecret(stack, 'Secret', { name: 'all-types', generateSecretString: {} });
  new secretsmanager.CfnRotationSchedule(stack, 'Rotation', {
    secretId: secret.ref,
    rotationRules: { automaticallyAfterDays: variant.rotationDays },
  });
  new secretsmanager.CfnResourcePolicy(stack, 'SecretPolicy', {
    secretId: secret.ref,
    resourcePolicy: { Version: '2012-10-17', Statement: [] },
  });
}
