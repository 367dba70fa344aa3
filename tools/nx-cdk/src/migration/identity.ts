import { NAME_PROPERTIES } from '../plan/physical-names';

/**
 * By type: the properties that tell one resource from all others, the first set that a resource has counts. One property
 * alone is a physical name, which exists once in an account and region; several are what AWS accepts once on the resource
 * that they name, such as the port of a load balancer's listener.
 *
 * From the types' `primaryIdentifier` and `createOnlyProperties` in the CloudFormation registry, and the services' own rules.
 */
export const IDENTITY: Readonly<Record<string, readonly (readonly string[])[]>> = {
  ...Object.fromEntries(Object.entries(NAME_PROPERTIES).map(([type, property]) => [type, [[property]]])),
  'AWS::ApplicationAutoScaling::ScalableTarget': [['ResourceId', 'ScalableDimension', 'ServiceNamespace']],
  'AWS::ApplicationAutoScaling::ScalingPolicy': [
    ['PolicyName', 'ScalingTargetId'],
    ['PolicyName', 'ResourceId'],
  ],
  'AWS::EC2::SecurityGroup': [['GroupName']],
  'AWS::ECS::ClusterCapacityProviderAssociations': [['Cluster']],
  'AWS::ECS::Service': [['ServiceName', 'Cluster']],
  'AWS::ECS::TaskDefinition': [['Family']],
  'AWS::ElasticLoadBalancingV2::Listener': [['LoadBalancerArn', 'Port']],
  'AWS::ElasticLoadBalancingV2::ListenerRule': [['ListenerArn', 'Priority']],
  'AWS::Events::Rule': [['Name']],
  'AWS::IAM::Policy': [['PolicyName', 'Roles']],
  'AWS::Logs::SubscriptionFilter': [['FilterName', 'LogGroupName']],
  'AWS::Route53::RecordSet': [
    ['Name', 'Type', 'HostedZoneId'],
    ['Name', 'Type', 'HostedZoneName'],
  ],
  'AWS::S3::BucketPolicy': [['Bucket']],
  'AWS::ServiceDiscovery::PrivateDnsNamespace': [['Name']],
  'AWS::ServiceDiscovery::Service': [['Name', 'NamespaceId']],
  'AWS::WAFv2::IPSet': [['Name']],
  'AWS::WAFv2::WebACL': [['Name']],
  'AWS::WAFv2::WebACLAssociation': [['ResourceArn']],
};

/**
 * Types of which the old resource must be gone before the new one is there: a second one is refused, or deleting the old one
 * undoes what the new one did, as with an association.
 */
export const EXCLUSIVE: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::BasePathMapping',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Route53::RecordSet',
  'AWS::Route53::RecordSetGroup',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::WebACLAssociation',
]);
