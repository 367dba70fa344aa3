import { type Form, referencesOfForm } from './forms';
import { identityOf, type Candidate } from './sides';
import { EXCLUSIVE } from './identity';

/** A way to get a resource into its stack that is not a refactor. */
export interface Alternative {
  readonly way: 'keep' | 'import' | 'recreate' | 'update-first';
  /** What to do, and what is interrupted; sentences. */
  readonly text: string;
}

/** What a second resource beside the old one means, by type, where it is known. */
const RECREATE: Readonly<Record<string, string>> = {
  'AWS::CertificateManager::Certificate':
    'A second certificate for the same name is issued beside the old one; the listener gets it in the deploy. Nothing is interrupted.',
  'AWS::EC2::EIP': 'The new address is another one: whoever allows the old address must allow the new one first.',
  'AWS::Route53::RecordSet':
    'The name does not resolve from the deletion of the record to the creation of the new one, and resolvers may remember that for as long as the zone’s SOA record says.',
  'AWS::WAFv2::IPSet': 'A second set stands beside the old one. Nothing is interrupted.',
  'AWS::WAFv2::WebACL':
    'A second web ACL stands beside the old one, and re-pointing the association to it interrupts nothing; counts of rate-based rules begin anew.',
  'AWS::WAFv2::WebACLAssociation':
    'The load balancer is without a web ACL from the deletion of the old association to the creation of the new one.',
};

/**
 * Whether the old resource must be gone before the app can make its own: two with one name, or, for instance, two rules of
 * one priority at one listener.
 *
 * @param isKept whether a resource is the same before and after, by its key.
 */
export const excludesAnother = (one: Candidate, isKept: (key: string) => boolean): boolean => {
  if (EXCLUSIVE.has(one.type)) return true;
  const identity = identityOf(one);
  return (
    identity !== undefined && identity.forms.every((form) => typeof form === 'string' || leadsOnlyTo(form, isKept))
  );
};

const leadsOnlyTo = (form: Form, isKept: (key: string) => boolean) => {
  const references = referencesOfForm(form);
  return references.length > 0 && references.every(({ resource }) => isKept(resource));
};

/** The ways to deal with a deployed resource that cannot be moved. */
export function alternativesFor(
  one: Candidate,
  template: string,
  obstacles: readonly string[],
  isKept: (key: string) => boolean,
): Alternative[] {
  const { location, type } = one;
  const byTemplate = obstacles.every((text) => text.startsWith('it '));
  return [
    {
      way: 'keep',
      text:
        `Leave it in ${location.stackName}, and take it out of the app, where ${template} refers to it by its name or ARN ` +
        'instead. Nothing is interrupted; the old stack stays.',
    },
    ...(byTemplate && !type.startsWith('Custom::')
      ? [
          {
            way: 'update-first' as const,
            text: `Update ${location.stackName} first, so that this no longer holds: ${obstacles.join('; ')}. Then plan again.`,
          },
        ]
      : []),
    ...(type.startsWith('Custom::')
      ? []
      : [
          {
            way: 'import' as const,
            text:
              `Set DeletionPolicy: Retain, remove it from ${location.stackName}, and import it into ${template} with a change ` +
              'set of type IMPORT, if CloudFormation supports import for the type. Nothing is interrupted, but in between no ' +
              'stack has it.',
          },
        ]),
    {
      way: 'recreate',
      text: excludesAnother(one, isKept)
        ? `Release it from ${location.stackName} before the deploy, which then makes a new one in ${template}. ` +
          (RECREATE[type] ?? 'What it does is interrupted in between.')
        : `The deploy makes a new one in ${template}; the old one goes with ${location.stackName}. ` +
          (RECREATE[type] ?? 'What the old one holds is not taken along.'),
    },
  ];
}
