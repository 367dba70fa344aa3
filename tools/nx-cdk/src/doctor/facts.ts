import type { Identity } from '../live-state/live-state';
import type { StackNode } from '../stack-graph/stack-graph';

/** What of a region is counted against a quota. */
export type Countable = 'elastic IPs' | 'VPCs' | 'internet gateways' | 'load balancers' | 'database instances';

/** A quota of Service Quotas. */
export interface Quota {
  /** E.g. `vpc`. */
  readonly service: string;
  /** E.g. `L-F678F1CE`. */
  readonly code: string;
}

/** What the doctor asks AWS. Everything rejects with what AWS answers when it refuses. */
export interface Facts {
  /** Whose credentials these are. */
  identity(): Promise<Identity>;
  /** Ids of the stacks that are deployed. */
  deployed(): Promise<ReadonlySet<string>>;
  /** Value of an SSM parameter. */
  parameter(region: string, name: string): Promise<string | undefined>;
  /** The environment's lock. */
  lock(): Promise<string | undefined>;
  /** Name servers of a hosted zone of a stack; undefined where it is not deployed. */
  nameServersOf(node: StackNode, logicalId: string): Promise<readonly string[] | undefined>;
  /** Whether a bucket exists and is the account's; a bucket of somebody else is `foreign`, and so is one nobody may look at. */
  bucket(region: string, name: string, account: string): Promise<'own' | 'foreign' | 'missing'>;
  /** Whether the credentials of the process can take a role. */
  mayAssume(region: string, roleArn: string): Promise<boolean>;
  /** The trust policy of a role; undefined where there is no such role. */
  trustOf(region: string, roleName: string): Promise<TrustPolicy | undefined>;
  /** Who tokens of an OpenID Connect provider may be for; undefined where there is no such provider. */
  audiencesOf(region: string, providerArn: string): Promise<readonly string[] | undefined>;
  /** How many there are in the region. */
  count(region: string, what: Countable): Promise<number>;
  /** The account's quota, or AWS's default where the account has no other; undefined where AWS does not know it. */
  quota(region: string, quota: Quota): Promise<number | undefined>;
}

/** Who may take a role. */
export interface TrustPolicy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Principal?: { readonly Federated?: string | readonly string[] };
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  }[];
}
