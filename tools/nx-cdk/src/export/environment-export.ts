/** Everything that is worth knowing of a deployed environment before it is torn down. It has no secret's value. */
export interface EnvironmentExport {
  readonly format: 'nx-cdk-export/1';
  readonly environment: string;
  readonly account: string;
  readonly regions: readonly string[];
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  /** The commit that was checked out; null outside git. What is deployed may be another one. */
  readonly commit: string | null;
  /** CloudFormation names of the app's stacks that are not deployed. */
  readonly notDeployed: readonly string[];
  readonly stacks: readonly ExportedStack[];
  readonly ssmParameters: readonly ExportedParameter[];
  readonly secrets: readonly ExportedSecret[];
  readonly loadBalancers: readonly ExportedLoadBalancer[];
  readonly securityGroups: readonly ExportedSecurityGroup[];
  readonly hostedZones: readonly ExportedZone[];
  readonly logGroups: readonly ExportedLogGroup[];
  /** What was made or changed by hand, which a recreation does not bring back by itself; sentences. */
  readonly byHand: readonly string[];
  /** What has to be thought of at the recreation; sentences. */
  readonly beforeRecreation: readonly string[];
}

/** Which resource something is. */
export interface Origin {
  /** CloudFormation name of the stack. */
  readonly stack: string;
  readonly logicalId: string;
}

/** A deployed stack. */
export interface ExportedStack {
  readonly name: string;
  readonly stackId: string;
  readonly region: string;
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly lastUpdated: string;
  readonly terminationProtection: boolean;
  /** Values as CloudFormation tells them; it masks those that the template declares as NoEcho. */
  readonly parameters: Readonly<Record<string, { readonly value: string; readonly resolved?: string }>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly logicalId: string;
    readonly type: string;
    readonly physicalId: string | null;
  }[];
}

/** An SSM parameter. */
export interface ExportedParameter {
  readonly name: string;
  readonly region: string;
  readonly type: string;
  readonly version: number;
  /** Left out of a SecureString, which is never decrypted. */
  readonly value?: string;
  /** The resource that publishes it; null where no stack does. */
  readonly publishedBy: Origin | null;
}

/** Whose business a secret's value is. */
export type SecretOwnership =
  /** Only the secret has it: it can be restored. */
  | 'own'
  /** A database was created with it and knows no other. */
  | 'database'
  /** CloudFormation puts it together from the template. */
  | 'composed'
  /** Rotation replaces it. */
  | 'rotated';

/** A secret, without its value. */
export interface ExportedSecret extends Origin {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** Id of the version labelled AWSCURRENT; null where the secret has no value. */
  readonly currentVersionId: string | null;
  readonly rotation: { readonly enabled: boolean; readonly afterDays?: number; readonly lambdaArn?: string };
  /** Null means the account's key for Secrets Manager. */
  readonly kmsKeyId: string | null;
  readonly ownership: SecretOwnership;
  /** Why it has that ownership, as a sentence. */
  readonly why: string;
  /** Whether the template gives it its name, so that its successor needs the same one. */
  readonly hasFixedName: boolean;
}

/** A load balancer. */
export interface ExportedLoadBalancer extends Origin {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly dnsName: string;
  /** Of the zone that alias records point into. */
  readonly hostedZoneId: string;
  readonly scheme: string;
}

/** A security group with its rules. */
export interface ExportedSecurityGroup extends Origin {
  readonly groupId: string;
  readonly groupName: string;
  readonly region: string;
  readonly description: string;
  readonly rules: readonly ExportedRule[];
}

/** A rule of a security group. */
export interface ExportedRule {
  readonly direction: 'ingress' | 'egress';
  /** E.g. `tcp`, `-1` for all. */
  readonly protocol: string;
  /** E.g. `443`, `1024-65535`, `all`. */
  readonly ports: string;
  /** A CIDR range, a security group, or a prefix list. */
  readonly peer: string;
  readonly description: string;
}

/** A hosted zone with its records. */
export interface ExportedZone extends Origin {
  readonly zoneId: string;
  readonly name: string;
  /** What the zone above has to delegate to; none of a private zone. A recreated zone has others. */
  readonly nameServers: readonly string[];
  readonly records: readonly ExportedRecord[];
}

/** A record set. */
export interface ExportedRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl: number | null;
  /** Values, or `alias <name>`. */
  readonly values: readonly string[];
  /** Of a routing policy, e.g. `blue, weight 10`. */
  readonly routing: string | null;
  readonly madeBy: 'zone' | 'stack' | 'certificate validation' | 'hand';
}

/** A log group. */
export interface ExportedLogGroup extends Origin {
  readonly name: string;
  readonly region: string;
  /** Null means for ever. */
  readonly retentionDays: number | null;
  readonly storedBytes: number;
  /** Whether the teardown deletes what it has. */
  readonly backUp: boolean;
}
