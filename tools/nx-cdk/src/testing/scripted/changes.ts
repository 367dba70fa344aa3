import { isDeepStrictEqual } from 'node:util';
import type { Template } from '../../assembly/template';
import { parseTemplate } from '../../migration/parse-template';
import type { ScriptedResource, ScriptedStack, StackContent } from './scripted-stack';

/** Names of the properties whose change replaces a resource. */
export interface ReplacingProperties {
  readonly always: ReadonlySet<string>;
  /** CloudFormation cannot tell before it tries. */
  readonly conditionally: ReadonlySet<string>;
}

/** What an operation does with one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  readonly policies: { readonly DeletionPolicy?: string; readonly UpdateReplacePolicy?: string };
  /** What differs, for `Modify`: attributes, properties by name. */
  readonly differing: readonly {
    readonly attribute: string;
    readonly property?: string;
    readonly recreation: string;
  }[];
}

/** Whether an update would change nothing: CloudFormation refuses such ones. */
export function changesNothing(stack: ScriptedStack, next: StackContent, changes: readonly ResourceChange[]): boolean {
  const same = (key: 'parameters' | 'tags' | 'outputs') => isDeepStrictEqual(stack[key], next[key]);
  return changes.length === 0 && same('parameters') && same('tags') && same('outputs');
}

/** What differs between a stack's resources and those it is to have: first what is there afterwards, then what goes. */
export function resourceChanges(
  stack: ScriptedStack,
  next: StackContent,
  replacing: ReplacingProperties,
): ResourceChange[] {
  const before = parseTemplate(stack.body);
  const after = parseTemplate(next.body);
  const common = (id: string, { type }: ScriptedResource, template: Template) => ({
    logicalId: id,
    type,
    policies: (template.Resources?.[id] ?? {}) as ResourceChange['policies'],
  });
  const kept = [...next.resources].map(([id, resource]): ResourceChange => {
    const old = stack.resources.get(id);
    const action = old ? 'Modify' : 'Add';
    return { action, ...common(id, resource, after), differing: old ? differences(old, resource, replacing) : [] };
  });
  const gone = [...stack.resources].filter(([id]) => !next.resources.has(id));
  return [
    ...kept.filter(({ action, differing }) => action === 'Add' || differing.length > 0),
    ...gone.map(([id, resource]): ResourceChange => ({
      action: 'Remove',
      ...common(id, resource, before),
      differing: [],
    })),
  ];
}

/** Whether a change replaces the resource. */
export function replacementOf({ differing }: ResourceChange): 'True' | 'Conditional' | 'False' {
  if (differing.some(({ recreation }) => recreation === 'Always')) return 'True';
  return differing.some(({ recreation }) => recreation === 'Conditionally') ? 'Conditional' : 'False';
}

/** A change as DescribeChangeSet answers. */
export function describeChange(change: ResourceChange, physicalId: string | undefined) {
  const { action, logicalId, type, differing } = change;
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      Replacement: action === 'Modify' ? replacementOf(change) : undefined,
      PolicyAction: policyAction(change),
      Scope: [...new Set(differing.map(({ attribute }) => attribute))],
      Details: differing.map(({ attribute, property, recreation }) => ({
        Target: { Attribute: attribute, Name: property, RequiresRecreation: recreation },
        Evaluation: recreation === 'Conditionally' ? 'Dynamic' : 'Static',
        ChangeSource: 'DirectModification',
      })),
    },
  };
}

/** What becomes of the physical resource that goes, or is replaced. */
function policyAction(change: ResourceChange): string | undefined {
  const { DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete' } = change.policies;
  if (change.action === 'Remove') return DeletionPolicy.startsWith('Retain') ? 'Retain' : DeletionPolicy;
  return replacementOf(change) === 'False' ? undefined : `ReplaceAnd${UpdateReplacePolicy}`;
}

function differences(
  before: ScriptedResource,
  after: ScriptedResource,
  { always, conditionally }: ReplacingProperties,
): ResourceChange['differing'] {
  const recreation = (property: string) => {
    if (always.has(property)) return 'Always';
    return conditionally.has(property) ? 'Conditionally' : 'Never';
  };
  return [
    ...differing(before.properties, after.properties).map((property) => ({
      attribute: 'Properties',
      property,
      recreation: recreation(property),
    })),
    ...differing(before.attributes, after.attributes).map((attribute) => ({ attribute, recreation: 'Never' })),
  ];
}

function differing(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => !isDeepStrictEqual(a[key], b[key]));
}
