import { z } from 'zod';
import { isSound, rules } from './rules';

const ipv4Cidr = z.cidrv4('must be an IPv4 CIDR block, e.g. "10.0.0.0/16"');
const cidr = z.union([z.cidrv4(), z.cidrv6()], 'must be an IPv4 or IPv6 CIDR block, e.g. "10.0.0.0/16"');
const domainName = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    'must be a domain name, e.g. "api.example.com"',
  );
const whole = (min: number, max: number) =>
  z.int(`must be a whole number`).min(min, `must be ${min} or more`).max(max, `must be ${max} or less`);
const days = whole(1, 3653);
/** The days that CloudWatch Logs can keep events for. */
const logDays = z.literal(
  [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
  'must be a number of days that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, …',
);
/** What an image tag may be (the grammar of the OCI distribution specification). */
const imageTag = z
  .string()
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
    'must be an image tag: 1 to 128 letters, digits, "_", ".", "-", not starting with "." or "-"',
  );

/** What every AWS service takes as the value of a tag. */
const tag = z
  .string()
  .regex(
    /^(?!aws:|\s|.*\s$)[\p{L}\p{N} _.:/=+@-]{1,256}$/iu,
    'must be a value of a tag: 1 to 256 letters, digits, spaces and _ . : / = + - @',
  );

/** The memory sizes, in MiB, that Fargate offers for each CPU size, in CPU units. */
const FARGATE_SIZES: Readonly<Record<number, { min: number; max: number; step: number }>> = {
  256: { min: 512, max: 2048, step: 512 },
  512: { min: 1024, max: 4096, step: 1024 },
  1024: { min: 2048, max: 8192, step: 1024 },
  2048: { min: 4096, max: 16384, step: 1024 },
  4096: { min: 8192, max: 30720, step: 1024 },
};

const taskSize = z.strictObject({
  /** CPU units of one task: 256, 512, 1024, 2048 or 4096. */
  cpu: z.literal([256, 512, 1024, 2048, 4096], 'must be 256, 512, 1024, 2048 or 4096'),
  /** Memory of one task, in MiB; what Fargate offers for `cpu`. */
  memoryMiB: whole(512, 30720),
});

function checkTaskSize(size: { cpu: number; memoryMiB: number }, context: z.RefinementCtx): void {
  const offered = FARGATE_SIZES[size.cpu];
  if (!offered) return;
  const { min, max, step } = offered;
  const valid =
    size.memoryMiB >= min && size.memoryMiB <= max && (size.memoryMiB % step === 0 || size.memoryMiB === min);
  if (!valid) {
    context.addIssue({
      code: 'custom',
      path: ['memoryMiB'],
      message: `must be ${min} to ${max} in steps of ${step} for cpu ${size.cpu}`,
    });
  }
}

const scaledService = taskSize
  .extend({
    /** The fewest tasks that run. */
    minCapacity: whole(1, 1000),
    /** The most tasks that run. */
    maxCapacity: whole(1, 1000),
  })
  .superRefine((service, context) => {
    checkTaskSize(service, context);
    if (service.minCapacity > service.maxCapacity) {
      context.addIssue({
        code: 'custom',
        path: ['minCapacity'],
        message: `must not be above maxCapacity, which is ${service.maxCapacity}`,
      });
    }
  });

const sslSchema = z.strictObject({
  /** Whether there is a hosted zone, a certificate, an HTTPS listener and a redirect to it. */
  enabled: z.boolean(),
  /** Name that clients use, e.g. `api.example.com`. */
  domainName,
  /** Zone the name is in, e.g. `example.com`. */
  hostedZoneName: domainName,
  /** The zone above, in another account, which is to delegate to the hosted zone; else a person does that once. */
  parentZone: z
    .strictObject({
      zoneName: domainName,
      /** The role with which the delegation record is written: a `ZoneDelegationRole` of `@v3-backend/alb`. */
      delegationRoleArn: z
        .string()
        .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@-]+$/, 'must be the ARN of a role without a path'),
    })
    .optional(),
  /** Share of the requests for the name where several environments serve it: this weight against the sum of all. */
  weightedRecord: z
    .strictObject({
      /** 0 to 255; 0: requests only where no other record can be served. */
      weight: whole(0, 255),
      /** What tells the records apart, e.g. `blue`. */
      setIdentifier: z.string().min(1, 'must have 1 to 128 characters').max(128, 'must have 1 to 128 characters'),
    })
    .optional(),
  /** Whether clients must offer TLS 1.2 with forward secrecy or 1.3; key exchange is post-quantum where they can. */
  postQuantumTls: z.boolean().default(false),
});

const id = z.int('must be a numeric id').min(1, 'must be a numeric id');

const githubSchema = z.strictObject({
  /** The repository whose workflows may deploy, in their GitHub environment of the same name as this one: `OWNER/NAME`. */
  repository: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/,
      'must be OWNER/NAME, e.g. "v3-backend/v3-backend"',
    ),
  /**
   * Ids that GitHub has given the owner and the repository, and never gives to another. They are part of the subject of
   * repositories made after 15 July 2026, and of others that chose so: `gh api repos/OWNER/NAME --jq '.owner.id, .id'`.
   */
  ids: z.strictObject({ owner: id, repository: id }).optional(),
  /** `existing`: the account has GitHub's OIDC provider already, from another environment or from somewhere else. */
  oidcProvider: z.literal(['create', 'existing']).default('create'),
  /** Name, with its path, of a managed policy of the account that limits the deploy role in place of our own. */
  permissionsBoundary: z
    .string()
    .regex(/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/, 'must be the name of a managed policy, e.g. "ci/boundary"')
    .optional(),
});

/** The shape of a configuration, each value for itself. */
const schema = z.strictObject({
  /** Part of every name: of stacks, roles and parameters. */
  environment: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be in kebab case, e.g. "production-us"')
    .max(20, 'must have 20 characters at most, since it is part of names')
    .refine(
      (name) => !/^account(-|$)/.test(name),
      'must not begin with "account": v3-backend-account names its own so',
    ),
  /** AWS account id, 12 digits. */
  account: z.string().regex(/^(?!0{12})\d{12}$/, 'must be an AWS account id: 12 digits, not all zero'),
  /** AWS region, e.g. `eu-west-1`. */
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region, e.g. "eu-west-1"'),
  /** Zones the subnets are in, 2 or 3. Never reorder them: that moves the subnets. */
  availabilityZones: z.array(z.string()).min(2, 'must name 2 or more zones').max(3, 'must name 3 zones at most'),
  /** How stacks read each other's values: from SSM, or by direct references (exports and imports). */
  crossStackReferences: z.literal(['ssm', 'direct']).default('ssm'),
  /** Load balancer, shared resources and compute as three stacks (`modular`), or all in one (`monolithic`). */
  computeLayout: z.literal(['modular', 'monolithic'], 'must be "modular" or "monolithic"').default('modular'),
  /** Deletion protection, termination protection, and data kept when a stack is deleted. */
  protect: z.boolean(),
  /** Tags of every resource: who is asked about it, and who pays for it. */
  ownership: z.strictObject({ owner: tag, costCenter: tag }),
  /** Who may deploy from GitHub Actions, by the role that `v3-backend-account` makes. Without it nobody may. */
  github: githubSchema.optional(),
  networking: z.strictObject({
    vpcCidr: ipv4Cidr,
    /** `single`: one NAT gateway for all zones; `perZone`: one in each; `regional`: one that is in every zone; `none`: private subnets have no way out. */
    natGateways: z.literal(['none', 'single', 'perZone', 'regional']),
    /** AWS services with an interface endpoint, e.g. `ecr.api`. */
    interfaceEndpoints: z.array(z.string()).default([]),
    flowLogRetentionDays: logDays.default(30),
  }),
  storage: z.strictObject({
    /** After how many days access logs are deleted. */
    logRetentionDays: days,
    /** After how many days backups are deleted. */
    backupRetentionDays: days,
  }),
  queues: z
    .strictObject({
      /** How long a job may take, in seconds; a message stays invisible six times as long. */
      maxJobSeconds: whole(1, 7200).default(300),
      /** How often a message is received before it goes to the dead-letter queue. */
      maxReceiveCount: whole(1, 1000).default(5),
    })
    .prefault({}),
  database: z.strictObject({
    /** PostgreSQL major version. */
    majorVersion: z.literal(['16', '17', '18'], 'must be "16", "17" or "18"'),
    /** Instance class without `db.`, e.g. `t4g.micro`. */
    instanceType: z.string().regex(/^[a-z][a-z0-9]*\.[a-z0-9]+$/, 'must be an instance class such as "t4g.micro"'),
    allocatedStorageGiB: whole(20, 65536),
    maxAllocatedStorageGiB: whole(20, 65536),
    multiAz: z.boolean(),
    backupRetentionDays: whole(0, 35),
    databaseName: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/, 'must start with a letter and have letters, digits and "_" only'),
    /** Whether there is a new password every 30 days; services are then started anew. */
    rotateCredentials: z.boolean().default(false),
  }),
  loadBalancer: z.strictObject({
    ssl: sslSchema.optional(),
    /** Who may reach the worker's and the scheduler's paths; the internet never does. */
    internalCidrs: z
      .array(cidr)
      .min(1, 'must name 1 or more CIDR blocks')
      .max(4, 'must name 4 CIDR blocks at most')
      .refine(
        (cidrs) => !cidrs.some((one) => /\/0+$/.test(one)),
        'must not be open to the internet (0.0.0.0/0 or ::/0)',
      ),
    /** Whether a zone of the region can be taken out of service while it is impaired. */
    zonalShift: z.boolean().default(false),
  }),
  waf: z
    .strictObject({
      /** Requests in 5 minutes after which an address is blocked. */
      rateLimit: whole(10, 2_000_000_000).default(2000),
      /** CIDR blocks that are always blocked. */
      blockedCidrs: z.array(cidr).default([]),
      /** CIDR blocks that skip the managed rules. */
      allowedCidrs: z.array(cidr).default([]),
    })
    .prefault({}),
  services: z.strictObject({
    /** ECR repository in the environment's account and region. */
    imageRepository: z
      .string()
      .regex(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, 'must be an ECR repository name, e.g. "v3-backend"'),
    /** Tag that a first deploy without --imageTag runs. */
    defaultImageTag: imageTag,
    cpuArchitecture: z.literal(['ARM64', 'X86_64']).default('ARM64'),
    /** `enhanced`: metrics of tasks and containers, too, at a higher price. */
    containerInsights: z.literal(['standard', 'enhanced']).default('standard'),
    /** Whether services reach each other through a proxy with retries and metrics; give tasks room for it. */
    serviceConnect: z.boolean().default(false),
    /** Share of the worker's tasks on Fargate Spot, in percent. */
    workerSpotPercent: whole(0, 100).default(0),
    api: scaledService,
    worker: scaledService,
    scheduler: taskSize.superRefine(checkTaskSize),
    migration: taskSize
      .extend({
        /** Whether a deployment runs the migration, and updates the services only when it has succeeded. */
        runBeforeServices: z.boolean().default(true),
      })
      .superRefine(checkTaskSize),
    logRetentionDays: logDays,
  }),
  monitoring: z
    .strictObject({
      /** Who gets alarms by mail; each address must confirm once. */
      alarmEmails: z.array(z.email('must be an e-mail address')).default([]),
    })
    .prefault({}),
  logForwarder: z.strictObject({
    /** Loki push URL. */
    lokiUrl: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  }),
});

/** The shape, and the rules between values. */
export const environmentConfigSchema = rules.reduce(
  (checked, { reads, check }) =>
    checked.superRefine(
      (config, context) => check(config, (path, message) => context.addIssue({ code: 'custom', path, message })),
      // Also where other values are invalid: every problem is to be reported at once.
      { when: ({ issues }) => isSound(reads, issues) },
    ),
  schema,
);

/** What a person writes: values with a default may be left out. */
export type EnvironmentConfigInput = z.input<typeof schema>;

/** A validated environment, every value present; SSL is optional. */
export type EnvironmentConfig = z.output<typeof schema>;
