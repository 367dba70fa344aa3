import { PropsValidation, type SsmContract } from '@v3-backend/core';
import { Fn, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { DOMAIN_NAME, isBelow } from '../private/patterns';
import type { ParentZone } from './parent-zone';

/** Options of a `DnsZone`. */
export interface DnsZoneProps {
  /** Name of the zone, e.g. `example.com`. */
  readonly zoneName: string;

  /**
   * A note shown in the console.
   *
   * @default - no note
   */
  readonly comment?: string;

  /**
   * The zone above, if it is in Route 53: it gets the record that delegates to this zone.
   *
   * @default - somebody else delegates to the name servers
   */
  readonly parentZone?: ParentZone;

  /**
   * Whether the zone stays when the stack is deleted. A new zone has other name servers, so its domain would have to be
   * delegated again.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/** A public hosted zone, wherever it was created. */
export interface IDnsZone {
  /** The hosted zone. */
  readonly hostedZone: route53.IHostedZone;
}

/** What is needed to use a zone of another stack. */
export interface DnsZoneAttributes {
  /** Id of the hosted zone, e.g. `Z23ABC4XYZL05B`. */
  readonly hostedZoneId: string;
  /** Name of the zone, e.g. `example.com`. */
  readonly zoneName: string;
}

/**
 * A public hosted zone.
 *
 * Nothing in it is visible until the parent domain delegates to the zone's name servers: give `parentZone`, or delegate
 * yourself to those published as `nameServers`. Keep it apart from the certificate: a certificate waits for this delegation.
 */
export class DnsZone extends Construct implements IDnsZone {
  /** A zone of another stack or another application. */
  public static fromDnsZoneAttributes(scope: Construct, id: string, attrs: DnsZoneAttributes): IDnsZone {
    return { hostedZone: route53.HostedZone.fromHostedZoneAttributes(scope, id, attrs) };
  }

  /** A zone that another stack published with `publish`. */
  public static fromSsm(scope: Construct, id: string, contract: SsmContract): IDnsZone {
    return DnsZone.fromDnsZoneAttributes(scope, id, {
      hostedZoneId: contract.read(scope, 'hostedZoneId'),
      zoneName: contract.read(scope, 'hostedZoneName'),
    });
  }

  /** The hosted zone. */
  public readonly hostedZone: route53.IHostedZone;
  /** The four name servers that the parent domain delegates to; a list that is known at deployment. */
  public readonly nameServers: string[];

  /** @throws when the zone's name is not a domain name, or not below its parent's. */
  constructor(scope: Construct, id: string, props: DnsZoneProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validation.matches('zoneName', DOMAIN_NAME, 'a domain name such as "example.com"', props.zoneName);
    const parentName = props.parentZone?.zoneName;
    validation.holds(
      parentName === undefined ||
        Token.isUnresolved(parentName) ||
        Token.isUnresolved(props.zoneName) ||
        isBelow(props.zoneName, parentName),
      `zoneName must be below the parent zone, which is ${parentName}, got ${JSON.stringify(props.zoneName)}`,
    );
    validation.throwIfInvalid();

    const zone = new route53.PublicHostedZone(this, 'Zone', { zoneName: props.zoneName, comment: props.comment });
    zone.applyRemovalPolicy((props.protect ?? true) ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    this.hostedZone = zone;
    this.nameServers = zone.hostedZoneNameServers!;
    props.parentZone?.delegateTo(this, zone);
  }

  /** Publishes `hostedZoneId`, `hostedZoneName` and `nameServers` (four, joined by commas). */
  public publish(contract: SsmContract): void {
    contract.publish(this, {
      hostedZoneId: this.hostedZone.hostedZoneId,
      hostedZoneName: this.hostedZone.zoneName,
      nameServers: Fn.join(',', this.nameServers),
    });
  }
}
