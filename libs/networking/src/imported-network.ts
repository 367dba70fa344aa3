import type { SsmContract } from '@v3-backend/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { INetwork } from './network';
import type { NetworkAttributes, NetworkSsmOptions } from './network-attributes';

/** A network that exists already, by its ids. */
export class ImportedNetwork extends Construct implements INetwork {
  public readonly vpc: ec2.IVpc;

  constructor(scope: Construct, id: string, attrs: NetworkAttributes) {
    super(scope, id);
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: attrs.vpcId,
      vpcCidrBlock: attrs.vpcCidrBlock,
      availabilityZones: attrs.availabilityZones,
      publicSubnetIds: attrs.publicSubnetIds,
      privateSubnetIds: attrs.privateSubnetIds,
      isolatedSubnetIds: attrs.isolatedSubnetIds,
      publicSubnetRouteTableIds: attrs.publicRouteTableIds,
      privateSubnetRouteTableIds: attrs.privateRouteTableIds,
      isolatedSubnetRouteTableIds: attrs.isolatedRouteTableIds,
    });
  }
}

/** What `Network.publish` published, read where it is used. */
export function readNetworkAttributes(
  scope: Construct,
  contract: SsmContract,
  { availabilityZones }: NetworkSsmOptions,
): NetworkAttributes {
  const list = (key: string) => contract.readList(scope, key, availabilityZones.length);
  return {
    vpcId: contract.read(scope, 'vpcId'),
    vpcCidrBlock: contract.read(scope, 'vpcCidrBlock'),
    availabilityZones,
    publicSubnetIds: list('publicSubnetIds'),
    privateSubnetIds: list('privateSubnetIds'),
    isolatedSubnetIds: list('isolatedSubnetIds'),
    publicRouteTableIds: list('publicRouteTableIds'),
    privateRouteTableIds: list('privateRouteTableIds'),
    isolatedRouteTableIds: list('isolatedRouteTableIds'),
  };
}
