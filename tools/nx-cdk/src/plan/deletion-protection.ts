import type { DeployedStack } from '../live-state/live-state';
import { valueOf } from './parameter-values';

type Properties = Readonly<Record<string, unknown>>;

/** By type: the property by which a resource refuses to be deleted. */
const PROPERTY: Readonly<Record<string, string>> = {
  'AWS::AutoScaling::AutoScalingGroup': 'DeletionProtection',
  'AWS::Cognito::UserPool': 'DeletionProtection',
  'AWS::DSQL::Cluster': 'DeletionProtectionEnabled',
  'AWS::DocDB::DBCluster': 'DeletionProtection',
  'AWS::DocDB::GlobalCluster': 'DeletionProtection',
  'AWS::DynamoDB::Table': 'DeletionProtectionEnabled',
  'AWS::EC2::Instance': 'DisableApiTermination',
  'AWS::EKS::Cluster': 'DeletionProtection',
  'AWS::Logs::LogGroup': 'DeletionProtectionEnabled',
  'AWS::Neptune::DBCluster': 'DeletionProtection',
  'AWS::Neptune::GlobalCluster': 'DeletionProtection',
  'AWS::NeptuneGraph::Graph': 'DeletionProtection',
  'AWS::NetworkFirewall::Firewall': 'DeleteProtection',
  'AWS::RDS::DBCluster': 'DeletionProtection',
  'AWS::RDS::DBInstance': 'DeletionProtection',
  'AWS::RDS::GlobalCluster': 'DeletionProtection',
};

/** Values that mean protection; each type has its own word for it. */
const PROTECTED = new Set(['true', 'ACTIVE', 'prevent-all-deletion']);

/**
 * Logical ids of the resources that refuse to be deleted, as the deployed template says. A value that only CloudFormation
 * can know, other than that of a parameter, counts as no protection.
 */
export function protectedResources({ template, parameters }: DeployedStack): string[] {
  return Object.entries(template?.Resources ?? {})
    .filter(([, { Type, Properties = {} }]) =>
      protections(Type, Properties).some((value) => PROTECTED.has(String(valueOf(value, parameters)))),
    )
    .map(([logicalId]) => logicalId);
}

function protections(type: string, properties: Properties): unknown[] {
  switch (type) {
    case 'AWS::DynamoDB::GlobalTable':
      return listOf(properties['Replicas']).map((replica) => replica['DeletionProtectionEnabled']);
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return listOf(properties['LoadBalancerAttributes'])
        .filter(({ Key }) => Key === 'deletion_protection.enabled')
        .map(({ Value }) => Value);
    default:
      return [properties[PROPERTY[type] ?? '']];
  }
}

const listOf = (value: unknown): Properties[] => (Array.isArray(value) ? (value as Properties[]) : []);
