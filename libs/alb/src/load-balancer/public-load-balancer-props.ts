import type { Duration } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type {
  DesyncMitigationMode,
  MutualAuthentication,
  SslPolicy,
  XffHeaderProcessingMode,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { WeightedRecord } from '../dns/alias-records';
import type { IWebAcl } from '../waf/web-acl-interface';

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

/** Headers that the load balancer sets in every response of the listener that serves. */
export interface ResponseHeaders {
  /**
   * `Strict-Transport-Security`, e.g. `max-age=31536000; includeSubDomains`. Needs a certificate. Browsers remember it:
   * there is no way back to HTTP before it expires.
   *
   * @default - what the targets send
   */
  readonly strictTransportSecurity?: string;

  /**
   * `Content-Security-Policy`, e.g. `default-src 'none'`.
   *
   * @default - what the targets send
   */
  readonly contentSecurityPolicy?: string;

  /**
   * `X-Frame-Options`: `DENY` or `SAMEORIGIN`.
   *
   * @default - what the targets send
   */
  readonly frameOptions?: string;

  /**
   * Whether `X-Content-Type-Options: nosniff` is set.
   *
   * @default - what the targets send
   */
  readonly noSniff?: boolean;

  /**
   * Whether responses that the load balancer itself makes name it in the `Server` header.
   *
   * @default true
   */
  readonly serverHeader?: boolean;
}

/** Options of a `PublicLoadBalancer`. */
export interface PublicLoadBalancerProps {
  /** Network of the targets; the load balancer is in its public subnets. */
  readonly vpc: IVpc;

  /**
   * Security group of the load balancer. It is used as it is: no rule is added to it. Give one where services are in other
   * stacks of the application and refer to this one directly: a rule of a new group would refer back to them.
   *
   * @default - a new one: in on the ports of the listeners from everywhere, out to the targets only
   */
  readonly securityGroup?: ISecurityGroup;

  /**
   * Certificate of the HTTPS listener, in the load balancer's region.
   *
   * @default - no HTTPS listener; requests are served over HTTP
   */
  readonly certificate?: ICertificate;

  /**
   * TLS versions and ciphers of the HTTPS listener. `SslPolicy.TLS13_12_PQ` is the default's equal with post-quantum key
   * exchange for clients that offer it.
   *
   * @default SslPolicy.RECOMMENDED_TLS
   */
  readonly sslPolicy?: SslPolicy;

  /**
   * How the HTTPS listener treats client certificates (mutual TLS): passed through to the targets, or verified against a
   * trust store. Needs `certificate`.
   *
   * @default - it asks for none
   */
  readonly mutualAuthentication?: MutualAuthentication;

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
   * The alias record's share of the name's traffic, where several load balancers serve one name. Needs `domainName`.
   *
   * @default - a simple record: the name is this load balancer's alone
   */
  readonly weightedRecord?: WeightedRecord;

  /**
   * Whether IPv6 is served as well, under an AAAA record; the subnets and the security group must allow it.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Web ACL that looks at each request.
   *
   * @default - none
   */
  readonly webAcl?: IWebAcl;

  /**
   * Whether requests pass when WAF cannot be reached: availability over protection.
   *
   * @default false
   */
  readonly wafFailOpen?: boolean;

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
   * Log of the targets' health checks, with the reason of each failure.
   *
   * @default - none
   */
  readonly healthCheckLogs?: LogDestination;

  /**
   * After how long an idle connection is closed, 1 to 4000 seconds. The containers' keep-alive must be longer, or
   * clients get 502 now and then.
   *
   * @default Duration.seconds(60)
   */
  readonly idleTimeout?: Duration;

  /**
   * How long a client may keep a connection at most, 60 seconds to 7 days.
   *
   * @default Duration.hours(1)
   */
  readonly clientKeepAlive?: Duration;

  /**
   * Whether request headers with other characters than letters, digits and hyphens (so also underscores) are removed.
   *
   * @default true
   */
  readonly dropInvalidHeaderFields?: boolean;

  /**
   * What happens to requests that servers may read in different ways (HTTP desync, request smuggling).
   *
   * @default DesyncMitigationMode.DEFENSIVE
   */
  readonly desyncMitigationMode?: DesyncMitigationMode;

  /**
   * What happens to `X-Forwarded-For`. With `APPEND`, all but the last address is what the client claims.
   *
   * @default XffHeaderProcessingMode.APPEND
   */
  readonly xffHeaderProcessingMode?: XffHeaderProcessingMode;

  /**
   * Whether the client's port is part of its address in `X-Forwarded-For`.
   *
   * @default false
   */
  readonly preserveXffClientPort?: boolean;

  /**
   * Whether targets get the `Host` header as the client sent it, a port included.
   *
   * @default false
   */
  readonly preserveHostHeader?: boolean;

  /**
   * Whether targets are told the connection's TLS version and cipher (`x-amzn-tls-version`, `x-amzn-tls-cipher-suite`).
   *
   * @default false
   */
  readonly tlsHeaders?: boolean;

  /**
   * Headers of every response.
   *
   * @default - what the targets send
   */
  readonly responseHeaders?: ResponseHeaders;

  /**
   * Capacity units that are always reserved, 100 or more, for sudden peaks. They cost whether used or not.
   *
   * @default - none: capacity follows the load, within minutes
   */
  readonly minimumCapacityUnits?: number;

  /**
   * Whether an impaired zone can be taken out of service with Amazon Application Recovery Controller.
   *
   * @default false
   */
  readonly zonalShift?: boolean;

  /**
   * Whether the load balancer refuses to be deleted: with its successor, its DNS name changes.
   *
   * @default true
   */
  readonly protect?: boolean;
}
