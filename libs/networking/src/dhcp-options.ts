/** What DHCP tells the network interfaces of a VPC. */
export interface DhcpOptions {
  /**
   * Completes host names without a dot, e.g. `corp.example.com`.
   *
   * @default - the region's own, e.g. `eu-west-1.compute.internal`
   */
  readonly domainName?: string;

  /**
   * 1 to 4 IPv4 addresses of name servers, or `AmazonProvidedDNS` alone. Other servers than Amazon's must forward to
   * the VPC's resolver: service discovery and VPC endpoints are found by names that no other server knows.
   *
   * @default ['AmazonProvidedDNS']
   */
  readonly domainNameServers?: string[];

  /**
   * 1 to 4 IPv4 addresses of time servers.
   *
   * @default - none; AWS has its own at 169.254.169.123
   */
  readonly ntpServers?: string[];
}
