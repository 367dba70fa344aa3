import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { ClientCache, Clients } from '../live-state/aws-clients';
import type { Place } from '../live-state/live-state';
import type { Countable, Facts, Quota, TrustPolicy } from './facts';

/** What the SDK answers of the account itself; the environment's records and stacks are asked for elsewhere. */
export type AccountFacts = Omit<Facts, 'identity' | 'deployed' | 'parameter' | 'lock' | 'nameServersOf'>;

/** Asks AWS with the lookup role of each region, or with the process's own credentials where that cannot be taken. */
export class AwsFacts implements AccountFacts {
  /** @param placeIn where to read in a region. */
  public constructor(
    private readonly clients: ClientCache,
    private readonly placeIn: (region: string) => Place,
  ) {}

  public async bucket(region: string, Bucket: string, account: string): Promise<'own' | 'foreign' | 'missing'> {
    const { config } = await this.at(region);
    const { HeadBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
    try {
      await new S3Client(config).send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: account }));
      return 'own';
    } catch (error) {
      const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
      if (status === 404) return 'missing';
      if (status === 403) return 'foreign';
      throw error;
    }
  }

  public async mayAssume(region: string, RoleArn: string): Promise<boolean> {
    try {
      await this.clients.sts(region).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'nx-cdk-doctor' }));
      return true;
    } catch (error) {
      if (isNamed(error, 'AccessDenied')) return false;
      throw error;
    }
  }

  public async trustOf(region: string, RoleName: string): Promise<TrustPolicy | undefined> {
    const { config } = await this.at(region);
    const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam');
    return ifThere(async () => {
      const { Role } = await new IAMClient(config).send(new GetRoleCommand({ RoleName }));
      return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as TrustPolicy;
    }, 'NoSuchEntityException');
  }

  public async audiencesOf(region: string, arn: string): Promise<readonly string[] | undefined> {
    const { config } = await this.at(region);
    const { GetOpenIDConnectProviderCommand, IAMClient } = await import('@aws-sdk/client-iam');
    return ifThere(async () => {
      const command = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
      return (await new IAMClient(config).send(command)).ClientIDList ?? [];
    }, 'NoSuchEntityException');
  }

  public async count(region: string, what: Countable): Promise<number> {
    return COUNTS[what](await this.at(region));
  }

  public async quota(region: string, { service: ServiceCode, code: QuotaCode }: Quota): Promise<number | undefined> {
    const { config } = await this.at(region);
    const { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand, ServiceQuotasClient } =
      await import('@aws-sdk/client-service-quotas');
    const client = new ServiceQuotasClient(config);
    const own = await ifThere(
      async () => (await client.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }))).Quota?.Value,
      'NoSuchResourceException',
    );
    // An account has a quota of its own only once it was changed.
    return (
      own ??
      ifThere(
        async () => (await client.send(new GetAWSDefaultServiceQuotaCommand({ ServiceCode, QuotaCode }))).Quota?.Value,
        'NoSuchResourceException',
      )
    );
  }

  private at(region: string): Promise<Clients> {
    return this.clients.at(this.placeIn(region));
  }
}

const COUNTS: Readonly<Record<Countable, (clients: Clients) => Promise<number>>> = {
  'elastic IPs': async ({ config }) => {
    const { DescribeAddressesCommand, EC2Client } = await import('@aws-sdk/client-ec2');
    return (await new EC2Client(config).send(new DescribeAddressesCommand({}))).Addresses?.length ?? 0;
  },
  VPCs: async ({ config }) => {
    const { EC2Client, paginateDescribeVpcs } = await import('@aws-sdk/client-ec2');
    return total(paginateDescribeVpcs({ client: new EC2Client(config) }, {}), ({ Vpcs }) => Vpcs);
  },
  'internet gateways': async ({ config }) => {
    const { EC2Client, paginateDescribeInternetGateways } = await import('@aws-sdk/client-ec2');
    const pages = paginateDescribeInternetGateways({ client: new EC2Client(config) }, {});
    return total(pages, ({ InternetGateways }) => InternetGateways);
  },
  'load balancers': async ({ config }) => {
    const { ElasticLoadBalancingV2Client, paginateDescribeLoadBalancers } =
      await import('@aws-sdk/client-elastic-load-balancing-v2');
    const pages = paginateDescribeLoadBalancers({ client: new ElasticLoadBalancingV2Client(config) }, {});
    return total(pages, ({ LoadBalancers }) => LoadBalancers?.filter(({ Type }) => Type === 'application'));
  },
  'database instances': async ({ config }) => {
    const { paginateDescribeDBInstances, RDSClient } = await import('@aws-sdk/client-rds');
    return total(paginateDescribeDBInstances({ client: new RDSClient(config) }, {}), ({ DBInstances }) => DBInstances);
  },
};

async function total<Page>(pages: AsyncIterable<Page>, items: (page: Page) => unknown[] | undefined): Promise<number> {
  let count = 0;
  for await (const page of pages) count += items(page)?.length ?? 0;
  return count;
}

async function ifThere<T>(ask: () => Promise<T>, notThere: string): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isNamed(error, notThere)) return undefined;
    throw error;
  }
}

const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;
