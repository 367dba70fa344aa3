import {
  aws_ec2 as ec2,
  aws_elasticloadbalancingv2 as elbv2,
  aws_logs as logs,
  aws_s3 as s3,
  aws_wafv2 as wafv2,
  CfnOutput,
  RemovalPolicy,
  type Stack,
} from 'aws-cdk-lib';
import { LOCAL_REGION } from '../settings';
import type { Variant } from './variant';

/** Network, load balancer, and a bucket that a custom resource empties. */
export function addNetwork(stack: Stack, variant: Variant) {
  const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.1.0.0/16' });
  const subnets = ['a', 'b'].map(
    (zone, index) =>
      new ec2.CfnSubnet(stack, `Subnet${zone}`, {
        vpcId: vpc.ref,
        cidrBlock: `10.1.${index}.0/24`,
        availabilityZone: `${LOCAL_REGION}${zone}`,
      }),
  );
  const address = new ec2.CfnEIP(stack, 'Address', { domain: 'vpc', tags: [{ key: 'Name', value: 'address' }] });
  new ec2.CfnNatGateway(stack, 'Nat', { subnetId: subnets[0]!.ref, allocationId: address.attrAllocationId });
  const logGroup = new logs.CfnLogGroup(stack, 'FlowLogs', { logGroupName: '/all-types/flow' });
  new ec2.CfnFlowLog(stack, 'FlowLog', {
    resourceId: vpc.ref,
    resourceType: 'VPC',
    trafficType: variant.trafficType,
    logGroupName: logGroup.ref,
  });
  const groups = ['Outer', 'Inner'].map(
    (name) => new ec2.CfnSecurityGroup(stack, name, { groupDescription: name, vpcId: vpc.ref }),
  );
  const [outer, inner] = groups as [ec2.CfnSecurityGroup, ec2.CfnSecurityGroup];
  const rule = { ipProtocol: 'tcp', fromPort: 3000, toPort: 3000, description: variant.ruleDescription };
  new ec2.CfnSecurityGroupIngress(stack, 'In', { ...rule, groupId: inner.ref, sourceSecurityGroupId: outer.ref });
  new ec2.CfnSecurityGroupEgress(stack, 'Out', { ...rule, groupId: outer.ref, destinationSecurityGroupId: inner.ref });
  const loadBalancer = new elbv2.CfnLoadBalancer(stack, 'Alb', {
    subnets: subnets.map((subnet) => subnet.ref),
    securityGroups: [outer.ref],
  });
  const targetGroup = new elbv2.CfnTargetGroup(stack, 'Targets', {
    vpcId: vpc.ref,
    port: 3000,
    protocol: 'HTTP',
    targetType: 'ip',
  });
  new elbv2.CfnListener(stack, 'Listener', {
    loadBalancerArn: loadBalancer.ref,
    port: 80,
    protocol: 'HTTP',
    defaultActions: [{ type: 'forward', targetGroupArn: targetGroup.ref }],
  });
  new CfnOutput(stack, 'VpcRange', { value: vpc.attrCidrBlock });
  new s3.Bucket(stack, 'Bucket', {
    autoDeleteObjects: true,
    removalPolicy: RemovalPolicy.DESTROY,
    bucketName: 'all-types',
  });
  return { group: inner, targetGroup, loadBalancer };
}

/** A web ACL on the load balancer, and its log. */
export function addFirewall(stack: Stack, loadBalancer: elbv2.CfnLoadBalancer, variant: Variant) {
  const addresses = new wafv2.CfnIPSet(stack, 'Blocked', {
    scope: 'REGIONAL',
    ipAddressVersion: 'IPV4',
    addresses: [variant.blockedRange],
  });
  const visibilityConfig = { cloudWatchMetricsEnabled: false, metricName: 'm', sampledRequestsEnabled: false };
  const webAcl = new wafv2.CfnWebACL(stack, 'WebAcl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig,
    rules: [
      {
        name: 'blocked',
        priority: 0,
        action: { block: {} },
        statement: { ipSetReferenceStatement: { arn: addresses.attrArn } },
        visibilityConfig,
      },
    ],
  });
  new wafv2.CfnWebACLAssociation(stack, 'Association', { webAclArn: webAcl.attrArn, resourceArn: loadBalancer.ref });
  const logGroup = new logs.CfnLogGroup(stack, 'WafLogs', { logGroupName: 'aws-waf-logs-all-types' });
  new wafv2.CfnLoggingConfiguration(stack, 'WafLogging', {
    resourceArn: webAcl.attrArn,
    logDestinationConfigs: [logGroup.attrArn],
  });
}
