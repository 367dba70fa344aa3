import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { RemovalPolicy } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { WILDCARD_DOMAIN_NAME } from './patterns';

/** Options of a `TlsCertificate`. */
export interface TlsCertificateProps {
  /** Name the certificate is for, e.g. `api.example.com` or `*.example.com`. */
  readonly domainName: string;

  /** Zone in which ACM finds the records that prove control of the names; all names are in it. */
  readonly hostedZone: IHostedZone;

  /**
   * Further names, at most 9.
   *
   * @default - none
   */
  readonly subjectAlternativeNames?: string[];

  /**
   * Whether the certificate stays when the stack is deleted.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/** A certificate, wherever it was issued. */
export interface ITlsCertificate {
  /** The ACM certificate, in the region of what uses it. */
  readonly certificate: acm.ICertificate;
}

/** What is needed to use a certificate of another stack. */
export interface TlsCertificateAttributes {
  /** ARN of the ACM certificate. */
  readonly certificateArn: string;
}

/**
 * A TLS certificate that ACM validates by DNS, and renews by itself as long as the validation records exist.
 *
 * The deployment waits until the records are visible on the internet: delegate the zone first, or it waits for hours
 * and fails (https://github.com/aws/aws-cdk/issues/2914).
 */
export class TlsCertificate extends Construct implements ITlsCertificate {
  /** A certificate of another stack, or one that was imported into ACM. */
  public static fromTlsCertificateAttributes(
    scope: Construct,
    id: string,
    attrs: TlsCertificateAttributes,
  ): ITlsCertificate {
    return { certificate: acm.Certificate.fromCertificateArn(scope, id, attrs.certificateArn) };
  }

  /** A certificate that another stack published with `publish`. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): ITlsCertificate {
    return TlsCertificate.fromTlsCertificateAttributes(scope, id, {
      certificateArn: contract.read(scope, 'certificateArn'),
    });
  }

  /** The ACM certificate. */
  public readonly certificate: acm.ICertificate;
  private readonly domainName: string;

  /** @throws when a name is not a domain name, or there are more than 10. */
  constructor(scope: Construct, id: string, props: TlsCertificateProps) {
    super(scope, id);
    const alternatives = props.subjectAlternativeNames ?? [];
    const validation = new PropsValidation(this);
    const allowed = 'a domain name such as "api.example.com" or "*.example.com"';
    validation.matches('domainName', WILDCARD_DOMAIN_NAME, allowed, props.domainName);
    alternatives.forEach((name, index) =>
      validation.matches(`subjectAlternativeNames[${index}]`, WILDCARD_DOMAIN_NAME, allowed, name),
    );
    validation.holds(
      alternatives.length <= 9,
      `subjectAlternativeNames has ${alternatives.length} names, the most is 9: make a second certificate`,
    );
    validation.throwIfInvalid();

    const certificate = new acm.Certificate(this, 'Certificate', {
      domainName: props.domainName,
      subjectAlternativeNames: alternatives.length > 0 ? alternatives : undefined,
      validation: acm.CertificateValidation.fromDns(props.hostedZone),
    });
    certificate.applyRemovalPolicy((props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    this.certificate = certificate;
    this.domainName = props.domainName;
  }

  /** Publishes `certificateArn` and `domainName`. */
  public publish(contract: SsmContract): void {
    contract.publish(this, { certificateArn: this.certificate.certificateArn, domainName: this.domainName });
  }
}
