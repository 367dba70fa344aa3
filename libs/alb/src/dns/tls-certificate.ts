import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Annotations, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { isInZone, WILDCARD_DOMAIN_NAME } from '../private/patterns';

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
   * Algorithm of the key. `EC_PRIME256V1` makes cheaper handshakes; clients of before 2015 may not know it.
   *
   * @default KeyAlgorithm.RSA_2048
   */
  readonly keyAlgorithm?: acm.KeyAlgorithm;

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
  /**
   * A certificate of another stack, or one that was imported into ACM. One of another region than the stack's gets a
   * warning: load balancers take those of their own region only.
   */
  public static fromTlsCertificateAttributes(
    scope: Construct,
    id: string,
    attrs: TlsCertificateAttributes,
  ): ITlsCertificate {
    const certificate = acm.Certificate.fromCertificateArn(scope, id, attrs.certificateArn);
    const { region } = Stack.of(scope);
    const issuedIn = Token.isUnresolved(attrs.certificateArn) ? undefined : attrs.certificateArn.split(':')[3];
    if (issuedIn !== undefined && !Token.isUnresolved(region) && issuedIn !== region) {
      Annotations.of(certificate).addWarningV2(
        '@v3-backend/alb:certificateRegion',
        `The certificate is in ${issuedIn}, the stack in ${region}: a load balancer of this stack cannot use it.`,
      );
    }
    return { certificate };
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

  /** @throws when a name is not a domain name or not in the zone, or there are more than 10. */
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
    const { zoneName } = props.hostedZone;
    const strangers = [props.domainName, ...alternatives].filter(
      (name) => !Token.isUnresolved(name) && !isInZone(name.replace(/^\*\./, ''), zoneName),
    );
    validation.holds(
      Token.isUnresolved(zoneName) || strangers.length === 0,
      `all names must be in the hosted zone, which is ${zoneName}, or their validation never ends; ` +
        `not in it: ${strangers.join(', ')}`,
    );
    validation.throwIfInvalid();

    const certificate = new acm.Certificate(this, 'Certificate', {
      domainName: props.domainName,
      subjectAlternativeNames: alternatives.length > 0 ? alternatives : undefined,
      validation: acm.CertificateValidation.fromDns(props.hostedZone),
      keyAlgorithm: props.keyAlgorithm,
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
