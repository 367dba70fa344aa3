import type { Estimate } from './estimate';

/** What happens to a resource. */
export type Operation = 'create' | 'update' | 'delete';

/** How long operations on resources of a type take, and how that is known. */
export interface Figure {
  readonly create: Estimate;
  readonly update: Estimate;
  readonly delete: Estimate;
  /** Where the numbers are from; `assumed` where nobody has published any. */
  readonly source: string;
}

/** Figures by CloudFormation type. */
export type Figures = Readonly<Record<string, Figure>>;

const seconds = (typical: number, high: number): Estimate => ({ typical, high });

const TERRAFORM_LOGS = 'creation times in Terraform logs in public repositories, read 2026-11-24';

/**
 * Types that take long, or that layered backends have many of.
 *
 * The logs are of Terraform, which calls the same APIs; what CloudFormation adds is in `OVERHEAD`.
 */
export const FIGURES: Figures = {
  'AWS::EC2::VPC': {
    create: seconds(21, 25),
    update: seconds(5, 15),
    delete: seconds(5, 15),
    source:
      '21, 22 and 22 s in DevopsArtFactory/terraform-provisioning pull requests 4, 5, 7; update and delete assumed',
  },
  'AWS::EC2::NatGateway': {
    create: seconds(105, 130),
    update: seconds(5, 15),
    delete: seconds(55, 90),
    source: `85, 88, 94, 105, 107, 124 and 125 s: ${TERRAFORM_LOGS}; update and delete assumed`,
  },
  'AWS::EC2::VPCEndpoint': {
    create: seconds(75, 180),
    update: seconds(15, 60),
    delete: seconds(60, 180),
    source: 'assumed; an interface endpoint waits for its network interfaces',
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    create: seconds(156, 190),
    update: seconds(10, 30),
    delete: seconds(30, 155),
    source: `135, 141, 148, 156, 174, 176 and 187 s: ${TERRAFORM_LOGS}, and DataBiosphere/azul issue 5780; deletion 15, 30 and 153 s in output of Terraform in public repositories; update assumed`,
  },
  'AWS::RDS::DBInstance': {
    create: seconds(420, 1200),
    update: seconds(180, 600),
    delete: seconds(300, 600),
    source: `creation 196 to 296 s (7 instances in one zone), changes 125, 135 and 387 s: ${TERRAFORM_LOGS}; "10 to 20 minutes" with a standby and a first backup: oneuptime.com, 2026-02-23; delete assumed`,
  },
  'AWS::Route53::HostedZone': {
    create: seconds(40, 75),
    update: seconds(5, 40),
    delete: seconds(35, 60),
    source: `36, 40 and 72 s: ${TERRAFORM_LOGS}; update and delete assumed`,
  },
  'AWS::Route53::RecordSet': {
    create: seconds(35, 60),
    update: seconds(35, 60),
    delete: seconds(35, 60),
    source:
      'Route 53 reports INSYNC "generally within 60 seconds" (API reference, GetChange); 37 and 39 s in hashicorp/terraform-provider-aws pull request 11300',
  },
  'AWS::CertificateManager::Certificate': {
    create: seconds(120, 600),
    update: seconds(10, 30),
    delete: seconds(10, 30),
    source:
      'validation 61 s in a Terraform log; upper number, update and delete assumed, and the zone has to be delegated',
  },
  'AWS::IAM::Role': {
    create: seconds(20, 25),
    update: seconds(5, 20),
    delete: seconds(5, 15),
    source: '20 s in unbounce/iidy issue 145; update and delete assumed',
  },
  'AWS::SQS::Queue': {
    create: seconds(62, 70),
    update: seconds(62, 70),
    delete: seconds(62, 70),
    source:
      'a queue with its dead-letter queue 64 s before Express mode: AWS, 2026-06-30; CloudFormation waits for SQS to be consistent',
  },
  'AWS::KMS::Key': {
    create: seconds(25, 90),
    update: seconds(10, 60),
    delete: seconds(5, 15),
    source: '12 and 29 s in Terraform logs; upper numbers, update and delete assumed',
  },
  'AWS::WAFv2::WebACL': {
    create: seconds(10, 60),
    update: seconds(10, 60),
    delete: seconds(10, 60),
    source: 'assumed; changes "take effect within a few seconds to several minutes" (AWS WAF developer guide)',
  },
  'AWS::Lambda::Function': {
    create: seconds(10, 40),
    update: seconds(10, 30),
    delete: seconds(5, 20),
    source: 'assumed, outside a VPC',
  },
  'AWS::ServiceDiscovery::PrivateDnsNamespace': {
    create: seconds(60, 120),
    update: seconds(10, 60),
    delete: seconds(60, 120),
    source: 'assumed: it makes a hosted zone',
  },
  'AWS::ECS::TaskDefinition': {
    create: seconds(2, 5),
    update: seconds(2, 5),
    delete: seconds(2, 5),
    source: 'assumed: one API call without waiting',
  },
};

/** Every other type: an API call or two, and CloudFormation's wait for consistency. */
export const OTHER_TYPES: Figure = {
  create: seconds(5, 20),
  update: seconds(5, 20),
  delete: seconds(3, 15),
  source: 'assumed',
};

/** What an operation on a stack takes beside its resources. */
export const OVERHEAD = {
  /** The engine of CloudFormation, from the call to the last event. */
  operation: { ...seconds(10, 20), source: '13 s more than the direct API: Stedi, 2023' },
  changeSet: { ...seconds(8, 15), source: '6 to 15 s: aws/aws-cdk issue 22079' },
};

/** Compressed size of an image, in MiB, where the app does not tell it. */
export const IMAGE_MIB = 275;

/** For which a task pulls its image, see `taskStart`. */
export const PULL_SECONDS_PER_MIB = 0.09;

/**
 * Placement, network interface, and pulling the image, from the size of the image in MiB.
 *
 * Fargate pulls the whole image for each task (Amazon ECS developer guide): 53 to 62 s, about 57 s, were measured for
 * 413 MB, the network interface being about 10 s of it (elasticscale.com, 2024-04). That other 10 s are placement is
 * assumed, and so is that the rest grows with the size, and that one task in twenty takes 30 s longer.
 */
export function taskStart(imageMiB = IMAGE_MIB): Estimate {
  const typical = 20 + PULL_SECONDS_PER_MIB * imageMiB;
  return { typical, high: typical + 30 };
}

/** What a task takes beside its start, where the templates do not say. */
export const TASK = {
  /** From the start of the process to the answer of the first health check. */
  boot: { ...seconds(5, 15), source: 'assumed' },
  /** From SIGTERM to its end. */
  stop: {
    ...seconds(2, 15),
    source:
      'assumed of a process that ends by itself on SIGTERM; one that does not takes its stop timeout: Amazon ECS developer guide, "SIGTERM responsiveness"',
  },
  /** From the last task that stopped to the service that is steady. */
  settle: { ...seconds(5, 15), source: 'assumed' },
};
