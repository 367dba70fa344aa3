import type { Template, TemplateResource } from '../assembly/template';
import type { DeployedParameter } from '../live-state/live-state';

/** Where a resource is, or is to be. */
export interface Location {
  readonly stackName: string;
  readonly logicalId: string;
}

/** A location in one word; stack names and logical ids have no slash. */
export const keyOf = ({ stackName, logicalId }: Location): string => `${stackName}/${logicalId}`;

/** The location that a key stands for. */
export function locationOf(key: string): Location {
  const [stackName = '', logicalId = ''] = key.split('/');
  return { stackName, logicalId };
}

/** A stack as it is deployed, with what only CloudFormation knows of it. */
export interface DeployedLayout {
  readonly stackName: string;
  readonly template: Template;
  readonly parameters: Readonly<Record<string, DeployedParameter>>;
  /** By logical id; what CloudFormation has not made is left out. */
  readonly physicalIds: ReadonlyMap<string, string>;
  /** Values of its outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** A stack as the app wants it. */
export interface TargetLayout {
  readonly stackName: string;
  readonly template: Template;
}

/** The CDK's note about itself. It stands for nothing in AWS, and no refactor takes it along. */
const isNote = ({ Type }: TemplateResource) => Type === 'AWS::CDK::Metadata';

/** The resources of a template that stand for something. */
export function resourcesOf(template: Template): [logicalId: string, resource: TemplateResource][] {
  return Object.entries(template.Resources ?? {}).filter(([, resource]) => !isNote(resource));
}
