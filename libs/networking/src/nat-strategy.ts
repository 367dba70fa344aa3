/**
 * How tasks in the private subnets reach the internet.
 *
 * A strategy can be changed later: only routes and gateways change, subnets stay where they are.
 */
export class NatStrategy {
  /** No NAT gateway and no way out: private subnets reach AWS services through VPC endpoints only. Costs nothing. */
  public static none(): NatStrategy {
    return new NatStrategy(() => 0);
  }

  /** One NAT gateway for all zones: cheapest, but when its zone fails no zone has a way out. */
  public static single(): NatStrategy {
    return new NatStrategy(() => 1);
  }

  /** A NAT gateway in each zone: no zone depends on another, and no traffic crosses zones. */
  public static perZone(): NatStrategy {
    return new NatStrategy((zones) => zones);
  }

  private constructor(private readonly gateways: (zones: number) => number) {}

  /**
   * How many NAT gateways, each with an Elastic IP address, a network has.
   *
   * @param zones the number of availability zones of the network.
   */
  public gatewayCount(zones: number): number {
    return this.gateways(zones);
  }
}
