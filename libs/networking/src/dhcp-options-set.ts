import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { DhcpOptions } from './dhcp-options';

/** A set of DHCP options, which a VPC takes instead of the region's. */
export class DhcpOptionsSet extends Construct {
  constructor(scope: Construct, id: string, vpc: ec2.IVpc, options: DhcpOptions) {
    super(scope, id);
    const set = new ec2.CfnDHCPOptions(this, 'Options', {
      domainName: options.domainName,
      // A set replaces the region's: without servers in it there would be no name resolution.
      domainNameServers: options.domainNameServers ?? ['AmazonProvidedDNS'],
      ntpServers: options.ntpServers,
    });
    new ec2.CfnVPCDHCPOptionsAssociation(this, 'Association', { vpcId: vpc.vpcId, dhcpOptionsId: set.ref });
  }
}
