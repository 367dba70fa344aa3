import { PropsValidation, ProviderLogGroup } from '@v3-backend/core';
import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { validatePrefix } from './log-prefix';

/** What a log bucket is made of. */
export interface LogBucketProps {
  /**
   * After how long logs are deleted, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly retention?: Duration;

  /**
   * Whether the bucket and the logs outlive the stack.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * A bucket that AWS services deliver logs to.
 *
 * The permission to deliver is in the bucket's policy, which only the stack of the bucket can write, so every service
 * that delivers is allowed here, in advance: a stack that imports the bucket cannot do it. It is encrypted with
 * S3-managed keys, because load balancers do not deliver to a bucket with a KMS key.
 */
export class LogBucket extends Construct {
  /** The bucket. */
  public readonly bucket: s3.Bucket;
  private readonly stack: Stack;

  /** @throws when `retention` is not 1 to 3653 days. */
  constructor(scope: Construct, id: string, props: LogBucketProps = {}) {
    super(scope, id);
    const { retention = Duration.days(90), protect = true } = props;
    const validation = new PropsValidation(this);
    validation.inRange('retention in days', 1, 3653, retention.toDays({ integral: false }));
    validation.throwIfInvalid();

    this.stack = Stack.of(this);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [{ expiration: retention, abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy: protect ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !protect,
    });
    ProviderLogGroup.ofResourceType(this, 'Custom::S3AutoDeleteObjects');
  }

  /**
   * Lets load balancers of this account deliver access, connection and health-check logs below a prefix.
   *
   * Both principals are allowed that load balancers deliver as: the service, and in regions older than August 2022 the
   * account that AWS runs them in.
   *
   * @param prefix the prefix that is set on the load balancer, without slashes at its ends.
   * @throws when it has.
   */
  public allowAlbLogs(prefix: string): void {
    this.checkPrefix(prefix);
    const region = this.stack.region;
    const legacyAccount = Token.isUnresolved(region) ? undefined : RegionInfo.get(region).elbv2Account;
    this.allow({
      principals: [
        new iam.ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com'),
        ...(legacyAccount ? [new iam.AccountPrincipal(legacyAccount)] : []),
      ],
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects(`${prefix}/AWSLogs/${this.stack.account}/*`)],
    });
  }

  /**
   * Lets VPC flow logs and other log deliveries of this account write below a prefix.
   *
   * @param prefix the prefix that is set on the flow log, without slashes at its ends.
   * @throws when it has.
   */
  public allowFlowLogs(prefix: string): void {
    this.checkPrefix(prefix);
    const principals = [new iam.ServicePrincipal('delivery.logs.amazonaws.com')];
    const conditions = {
      StringEquals: { 'aws:SourceAccount': this.stack.account },
      ArnLike: { 'aws:SourceArn': this.stack.formatArn({ service: 'logs', resource: '*' }) },
    };
    this.allow({ principals, conditions, actions: ['s3:GetBucketAcl'], resources: [this.bucket.bucketArn] });
    this.allow({
      principals,
      conditions: {
        ...conditions,
        StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
      actions: ['s3:PutObject'],
      // With Hive-compatible partitions, the delivery names the account in another way.
      resources: [`AWSLogs/${this.stack.account}`, `AWSLogs/aws-account-id=${this.stack.account}`].map((path) =>
        this.bucket.arnForObjects(`${prefix}/${path}/*`),
      ),
    });
  }

  /**
   * Lets S3 deliver access logs of this account's buckets below a prefix.
   *
   * @param prefix what the prefixes that are set on the buckets start with, without slashes at its ends.
   * @throws when it has.
   */
  public allowS3AccessLogs(prefix: string): void {
    this.checkPrefix(prefix);
    this.allow({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      conditions: { StringEquals: { 'aws:SourceAccount': this.stack.account } },
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects(`${prefix}/*`)],
    });
  }

  private checkPrefix(prefix: string): void {
    const validation = new PropsValidation(this);
    validatePrefix(validation, 'prefix', prefix);
    validation.throwIfInvalid();
  }

  private allow(statement: iam.PolicyStatementProps): void {
    this.bucket.addToResourcePolicy(new iam.PolicyStatement(statement));
  }
}
