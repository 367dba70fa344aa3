/** A network by its ids. */
export interface NetworkAttributes {
  /** The VPC's id. */
  readonly vpcId: string;

  /**
   * The VPC's IPv4 block, e.g. `10.0.0.0/16`.
   *
   * @default - reading `vpc.vpcCidrBlock` throws
   */
  readonly vpcCidrBlock?: string;

  /** The zones of the subnets; every list below has one element per zone, in this order. */
  readonly availabilityZones: string[];

  /**
   * Subnets with a route to the internet gateway.
   *
   * @default - the imported network has no public subnets
   */
  readonly publicSubnetIds?: string[];

  /**
   * Subnets whose way out is NAT.
   *
   * @default - the imported network has no private subnets
   */
  readonly privateSubnetIds?: string[];

  /**
   * Subnets without a way out.
   *
   * @default - the imported network has no isolated subnets
   */
  readonly isolatedSubnetIds?: string[];

  /**
   * Route tables of the public subnets.
   *
   * @default - unknown: gateway endpoints cannot be added to them, and the CDK warns of it
   */
  readonly publicRouteTableIds?: string[];

  /**
   * Route tables of the private subnets.
   *
   * @default - unknown: gateway endpoints cannot be added to them, and the CDK warns of it
   */
  readonly privateRouteTableIds?: string[];

  /**
   * Route tables of the isolated subnets.
   *
   * @default - unknown: gateway endpoints cannot be added to them, and the CDK warns of it
   */
  readonly isolatedRouteTableIds?: string[];
}

/** What a stack that reads a network from SSM knows from its own configuration. */
export interface NetworkSsmOptions {
  /** The network's zones, in the network's order: how many subnets there are cannot be read at synthesis. */
  readonly availabilityZones: string[];
}
