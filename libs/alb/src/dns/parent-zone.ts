import { ProviderLogGroup } from '@v3-backend/core';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';

/** How long resolvers may remember a delegation. Days are usual, but then a replaced zone is not found for days. */
const TTL = Duration.hours(1);

/** The zone above another one, which tells the internet where that one's name servers are. */
export abstract class ParentZone {
  /**
   * A zone of the same account.
   *
   * @param zone the parent zone, e.g. of `example.com` for a zone `staging.example.com`.
   */
  public static inThisAccount(zone: route53.IHostedZone): ParentZone {
    return new ParentZoneOfThisAccount(zone);
  }

  /**
   * A zone of another account, which has a `ZoneDelegationRole` for this one. The record is written by a Lambda function of
   * the CDK that assumes the role.
   *
   * @param zoneName name of the parent zone, e.g. `example.com`.
   * @param delegationRole the role in the parent's account; import it by its ARN.
   */
  public static inAnotherAccount(zoneName: string, delegationRole: IRole): ParentZone {
    return new ParentZoneOfAnotherAccount(zoneName, delegationRole);
  }

  /** Name of the parent zone. */
  public abstract readonly zoneName: string;

  /**
   * Writes the delegation record.
   *
   * @param scope where its resources belong.
   * @param zone the zone that is delegated to; has its name servers.
   */
  public abstract delegateTo(scope: Construct, zone: route53.PublicHostedZone): void;
}

class ParentZoneOfThisAccount extends ParentZone {
  public readonly zoneName: string;

  constructor(private readonly zone: route53.IHostedZone) {
    super();
    this.zoneName = zone.zoneName;
  }

  public delegateTo(scope: Construct, zone: route53.PublicHostedZone): void {
    new route53.ZoneDelegationRecord(scope, 'Delegation', {
      zone: this.zone,
      // With the final dot, or the name of a parent that is only known at deployment would be appended to it.
      recordName: `${zone.zoneName}.`,
      nameServers: zone.hostedZoneNameServers!,
      ttl: TTL,
    });
  }
}

class ParentZoneOfAnotherAccount extends ParentZone {
  constructor(
    public readonly zoneName: string,
    private readonly delegationRole: IRole,
  ) {
    super();
  }

  public delegateTo(scope: Construct, zone: route53.PublicHostedZone): void {
    new route53.CrossAccountZoneDelegationRecord(scope, 'Delegation', {
      delegatedZone: zone,
      parentHostedZoneName: this.zoneName,
      delegationRole: this.delegationRole,
      ttl: TTL,
      // A record that outlived the zone would let whoever gets its name servers next answer for the name.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    ProviderLogGroup.ofResourceType(scope, 'Custom::CrossAccountZoneDelegation');
  }
}
