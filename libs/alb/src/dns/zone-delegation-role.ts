import { PropsValidation } from '@v3-backend/core';
import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { DOMAIN_NAME, isBelow } from '../private/patterns';

/** Properties of a `ZoneDelegationRole`. */
export interface ZoneDelegationRoleProps {
  /** The zone in which delegation records are written. */
  readonly parentZone: IHostedZone;

  /** Names of the zones that may be delegated, all below the parent's, e.g. `staging.example.com`. */
  readonly delegatedZoneNames: string[];

  /** Ids of the accounts that have those zones, 12 digits each. */
  readonly accountIds: string[];

  /**
   * Name of the role, so that the other accounts know its ARN before it exists.
   *
   * @default - a name that CloudFormation makes
   */
  readonly roleName?: string;
}

/**
 * Lets other accounts delegate parts of a zone to themselves: the role they assume may write name server records of the
 * given names, and nothing else.
 */
export class ZoneDelegationRole extends Construct {
  /** The role, for `ParentZone.inAnotherAccount`. */
  public readonly role: iam.IRole;

  /** @throws when a name is not below the parent's or an account id is malformed. */
  constructor(scope: Construct, id: string, props: ZoneDelegationRoleProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateDelegationRole(validation, props);
    validation.throwIfInvalid();

    this.role = new iam.Role(this, 'Role', {
      roleName: props.roleName,
      description: `Writes delegation records of ${props.delegatedZoneNames.join(', ')}`.slice(0, 1000),
      assumedBy: new iam.CompositePrincipal(...props.accountIds.map((account) => new iam.AccountPrincipal(account))),
    });
    for (const statement of delegationStatements(props)) this.role.addToPrincipalPolicy(statement);
  }
}

/**
 * What the zone's own `grantDelegation` grants, which for an imported public zone (aws-cdk-lib 2.270) writes the zone's name
 * into the ARN where its id belongs.
 */
function delegationStatements({ parentZone, delegatedZoneNames }: ZoneDelegationRoleProps): iam.PolicyStatement[] {
  const condition = (name: string) => `route53:ChangeResourceRecordSets${name}`;
  return [
    new iam.PolicyStatement({
      actions: ['route53:ChangeResourceRecordSets'],
      resources: [parentZone.hostedZoneArn],
      conditions: {
        'ForAllValues:StringEquals': {
          [condition('RecordTypes')]: ['NS'],
          [condition('Actions')]: ['UPSERT', 'DELETE'],
          [condition('NormalizedRecordNames')]: delegatedZoneNames,
        },
      },
    }),
    // The other account finds the zone by its name; Route 53 knows no resource for that action.
    new iam.PolicyStatement({ actions: ['route53:ListHostedZonesByName'], resources: ['*'] }),
  ];
}

function validateDelegationRole(validation: PropsValidation, props: ZoneDelegationRoleProps): void {
  const { parentZone, delegatedZoneNames: names, accountIds } = props;
  validation.holds(names.length > 0, 'delegatedZoneNames is empty: name the zones that may be delegated');
  validation.holds(accountIds.length > 0, 'accountIds is empty: name the accounts that may delegate');
  names.forEach((name, index) => {
    const prop = `delegatedZoneNames[${index}]`;
    validation.matches(prop, DOMAIN_NAME, 'a domain name such as "staging.example.com"', name);
    validation.holds(
      Token.isUnresolved(name) || Token.isUnresolved(parentZone.zoneName) || isBelow(name, parentZone.zoneName),
      `${prop} must be below the parent zone, which is ${parentZone.zoneName}, got ${JSON.stringify(name)}`,
    );
  });
  accountIds.forEach((account, index) =>
    validation.matches(`accountIds[${index}]`, '\\d{12}', 'an account id of 12 digits', account),
  );
  validation.matches('roleName', '[\\w+=,.@-]{1,64}', 'a role name of 1 to 64 characters', props.roleName);
}
