import { Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Lets isolated subnets speak with the VPC's own addresses and nobody else, whatever security groups allow. */
export class IsolatedNetworkAcl extends Construct {
  constructor(scope: Construct, id: string, vpc: ec2.Vpc, dualStack: boolean) {
    super(scope, id);
    const acl = new ec2.NetworkAcl(this, 'NetworkAcl', {
      vpc,
      subnetSelection: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });
    const allow = (name: string, ruleNumber: number, cidr: ec2.AclCidr) => {
      // Replies, too, need a rule: a network ACL knows no connections.
      const entry = { ruleNumber, cidr, traffic: ec2.AclTraffic.allTraffic() };
      acl.addEntry(`From${name}`, { ...entry, direction: ec2.TrafficDirection.INGRESS });
      acl.addEntry(`To${name}`, { ...entry, direction: ec2.TrafficDirection.EGRESS });
    };
    allow('Ipv4', 100, ec2.AclCidr.ipv4(vpc.vpcCidrBlock));
    if (dualStack) allow('Ipv6', 200, ec2.AclCidr.ipv6(Fn.select(0, vpc.vpcIpv6CidrBlocks)));
  }
}
