import type { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IWebAcl } from './web-acl-interface';

/** Where a load balancer writes a log. */
export interface LogDestination {
  /**
   * A bucket in the load balancer's region, encrypted with SSE-S3 (not KMS), whose policy lets Elastic Load Balancing
   * write below `prefix`. The policy belongs to the bucket's stack; this library never writes one.
   */
  readonly bucket: IBucket;

  /**
   * What the names of the log objects start with, without a slash at the end and without `AWSLogs`.
   *
   * @default - no prefix
   */
  readonly prefix?: string;
}

/** Options of a `BackendLoadBalancer`. */
export interface BackendLoadBalancerProps {
  /** Network of the targets; the load balancer is in its public subnets. */
  readonly vpc: IVpc;

  /** Security group of the load balancer. It is used as it is: no rule is added to it. */
  readonly securityGroup: ISecurityGroup;

  /**
   * Who may reach the paths of the worker and the scheduler: 1 to 4 IPv4 CIDR blocks, not the whole internet.
   *
   * These are the addresses the load balancer sees: of a request from the VPC itself, those of its NAT gateways.
   */
  readonly internalCidrs: string[];

  /**
   * Certificate of the HTTPS listener.
   *
   * @default - no HTTPS listener; requests are served over HTTP
   */
  readonly certificate?: ICertificate;

  /**
   * Name of an alias record, e.g. `api.example.com`; needs `hostedZone`.
   *
   * @default - no record
   */
  readonly domainName?: string;

  /**
   * Zone of the alias record.
   *
   * @default - no record
   */
  readonly hostedZone?: IHostedZone;

  /**
   * Web ACL that looks at each request.
   *
   * @default - none
   */
  readonly webAcl?: IWebAcl;

  /**
   * Port that the containers listen on.
   *
   * @default 3000
   */
  readonly applicationPort?: number;

  /**
   * Path that answers 200 while a container is healthy.
   *
   * @default '/health'
   */
  readonly healthCheckPath?: string;

  /**
   * How long a target that is taken out may finish its requests, up to 1 hour.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;

  /**
   * After how long an idle connection is closed, 1 to 4000 seconds. The containers' keep-alive must be longer, or
   * clients get 502 now and then.
   *
   * @default Duration.seconds(60)
   */
  readonly idleTimeout?: Duration;

  /**
   * TLS versions and ciphers of the HTTPS listener.
   *
   * @default SslPolicy.RECOMMENDED_TLS
   */
  readonly sslPolicy?: SslPolicy;

  /**
   * Whether IPv6 is served as well; the subnets and the security group must allow it.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Log of requests.
   *
   * @default - none
   */
  readonly accessLogs?: LogDestination;

  /**
   * Log of connections and TLS handshakes.
   *
   * @default - none
   */
  readonly connectionLogs?: LogDestination;

  /**
   * Whether the load balancer refuses to be deleted: with its successor, its DNS name changes.
   *
   * @default true
   */
  readonly protect?: boolean;
}
