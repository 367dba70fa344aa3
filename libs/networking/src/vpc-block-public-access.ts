import { PropsValidation } from '@v3-backend/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Which ways between internet gateways and VPCs AWS blocks, whatever routes and security groups allow. */
export enum BlockedDirection {
  /** Both: only excluded VPCs and subnets reach the internet, or are reached. */
  BIDIRECTIONAL = 'block-bidirectional',
  /** In: NAT and egress-only gateways keep working everywhere. */
  INGRESS = 'block-ingress',
}

/** What is blocked. */
export interface VpcBlockPublicAccessProps {
  /**
   * What is blocked.
   *
   * @default BlockedDirection.INGRESS
   */
  readonly direction?: BlockedDirection;
}

/**
 * Blocks traffic between the internet and all VPCs of the account in the stack's region. An account has it once per
 * region: it belongs into a stack of the account, not into one of an environment. Deploy the exclusions first.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export class VpcBlockPublicAccess extends Construct {
  constructor(scope: Construct, id: string, props: VpcBlockPublicAccessProps = {}) {
    super(scope, id);
    new ec2.CfnVPCBlockPublicAccessOptions(this, 'Options', {
      internetGatewayBlockMode: props.direction ?? BlockedDirection.INGRESS,
    });
  }
}

/** What an exclusion allows. */
export enum AllowedDirection {
  /** Everything that routes and security groups allow. */
  BIDIRECTIONAL = 'allow-bidirectional',
  /** The way out; of use only where the account blocks both directions. */
  EGRESS = 'allow-egress',
}

/** Who is excluded from the block. */
export interface VpcBlockPublicAccessExclusionProps {
  /**
   * A VPC, with all of its subnets. Either this or `subnets` is given.
   *
   * @default - `subnets`
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Subnets, e.g. the public ones, which load balancer and NAT gateways are in. Either these or `vpc` are given.
   *
   * @default - `vpc`
   */
  readonly subnets?: ec2.ISubnet[];

  /**
   * What they may do.
   *
   * @default AllowedDirection.BIDIRECTIONAL
   */
  readonly direction?: AllowedDirection;
}

/** Excludes a VPC, or subnets, from the block. It may exist where nothing is blocked (yet). */
export class VpcBlockPublicAccessExclusion extends Construct {
  /** @throws unless either `vpc` or `subnets` are given. */
  constructor(scope: Construct, id: string, props: VpcBlockPublicAccessExclusionProps) {
    super(scope, id);
    const { vpc, subnets = [], direction = AllowedDirection.BIDIRECTIONAL } = props;
    validate(this, props);
    const exclude = (name: string, target: { vpcId?: string; subnetId?: string }) =>
      new ec2.CfnVPCBlockPublicAccessExclusion(this, name, { internetGatewayExclusionMode: direction, ...target });
    if (vpc) exclude('Vpc', { vpcId: vpc.vpcId });
    subnets.forEach(({ subnetId }, index) => exclude(`Subnet${index + 1}`, { subnetId }));
  }
}

function validate(scope: Construct, { vpc, subnets = [] }: VpcBlockPublicAccessExclusionProps): void {
  const validation = new PropsValidation(scope);
  validation.holds(
    (vpc !== undefined) !== subnets.length > 0,
    `either vpc or 1 or more subnets must be given, got ${vpc ? 'both' : 'neither'}`,
  );
  validation.throwIfInvalid();
}
