import { exportsOf, type Template } from '../assembly/template';

/** A name that only one resource, or one export, of a region can have. */
export interface PhysicalName {
  /** CloudFormation type; `Export` for the name of an export. */
  readonly type: string;
  readonly name: string;
  /** Logical id of the resource; undefined for an export. */
  readonly logicalId?: string;
}

/** By type: the property that is the name of a resource, which exists once in an account and region. */
export const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::ElastiCache::ReplicationGroup': 'ReplicationGroupId',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name',
  'AWS::Events::EventBus': 'Name',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::RDS::DBParameterGroup': 'DBParameterGroupName',
  'AWS::RDS::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** By type: the properties that, together, exist once in an account and region. */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(NAME_PROPERTIES).map(([type, property]) => [type, [property]])),
  'AWS::Events::Rule': ['Name', 'EventBusName'],
  'AWS::Route53::RecordSet': ['Name', 'Type', 'SetIdentifier'],
  'AWS::WAFv2::WebACL': ['Name', 'Scope'],
};

/** The names that a template gives to its resources and exports, as far as they are literal. */
export function physicalNames(template: Template): PhysicalName[] {
  const resources = Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Type, Properties = {} }]) => {
    const identity = IDENTITIES[Type] ?? [];
    const [first, ...others] = identity.map((property) => Properties[property]);
    if (typeof first !== 'string' || others.some((value) => typeof value === 'object')) return [];
    return [{ type: Type, name: [first, ...others.filter((value) => value !== undefined)].join(' '), logicalId }];
  });
  return [...resources, ...exportsOf(template).map((name) => ({ type: 'Export', name }))];
}
