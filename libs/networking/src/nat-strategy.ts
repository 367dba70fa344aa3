/**
 * How tasks in the private subnets reach the internet by IPv4. (By IPv6 they do by an egress-only gateway, see
 * `NetworkProps.dualStack`.)
 *
 * A strategy can be changed later: only routes and gateways change, subnets stay where they are. The addresses that
 * others see the tasks' requests come from change with it.
 */
export class NatStrategy {
  /** No NAT gateway and no way out: private subnets reach AWS services through VPC endpoints only. Costs nothing. */
  public static none(): NatStrategy {
    return new NatStrategy(false, () => 0);
  }

  /** One NAT gateway for all zones: cheapest, but when its zone fails no zone has a way out. */
  public static single(): NatStrategy {
    return new NatStrategy(false, () => 1);
  }

  /** A NAT gateway in each zone: no zone depends on another, and no traffic crosses zones. */
  public static perZone(): NatStrategy {
    return new NatStrategy(false, (zones) => zones);
  }

  /**
   * One gateway that AWS itself spreads over the zones in which something runs, and gives its addresses.
   *
   * It costs as much as a gateway in each of these zones, has no Elastic IP addresses of the account's, and takes up to
   * an hour to reach a zone that is new to it; until then that zone's traffic crosses zones.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
   */
  public static regional(): NatStrategy {
    return new NatStrategy(true, () => 1);
  }

  private constructor(
    /** Whether AWS spreads the gateway over the zones. */
    public readonly isRegional: boolean,
    private readonly gateways: (zones: number) => number,
  ) {}

  /**
   * How many NAT gateways a network has; unless the strategy is regional, each has an Elastic IP address.
   *
   * @param zones the number of availability zones of the network.
   */
  public gatewayCount(zones: number): number {
    return this.gateways(zones);
  }
}
