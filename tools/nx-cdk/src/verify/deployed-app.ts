import { constructPath, type TemplateResource } from '../assembly/template';
import type { DeployedStack as StackState, Place } from '../live-state/live-state';
import { placeOf } from '../engine/read-state';
import type { StackNode } from '../stack-graph/stack-graph';
import { type Known, valueOf } from './template-values';

/** A stack that is deployed, with what CloudFormation tells of it. */
export interface VerifiedStack {
  readonly name: string;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly place: Place;
  readonly state: StackState;
  /** Physical ids by logical id. */
  readonly physicalIds: ReadonlyMap<string, string>;
}

/** A resource that is deployed. */
export interface DeployedResource {
  readonly stack: VerifiedStack;
  readonly logicalId: string;
  /** CloudFormation type. */
  readonly type: string;
  readonly physicalId: string;
  /** Its construct's path below the stack, or its logical id. */
  readonly name: string;
  /** As the deployed template has them, intrinsic functions included. */
  readonly properties: NonNullable<TemplateResource['Properties']>;
  /** What a part of its properties is, intrinsic functions evaluated; undefined where that is not known. */
  value(property: unknown): string | undefined;
}

/** What of an app is deployed. */
export class DeployedApp {
  private readonly all: readonly DeployedResource[];

  /**
   * @param stacks all that are deployed: what one stack has to be, others tell.
   * @param selected names of the stacks that are checked.
   */
  public constructor(
    public readonly stacks: readonly VerifiedStack[],
    public readonly selected: ReadonlySet<string>,
  ) {
    this.all = stacks.flatMap(resourcesOf);
  }

  /** The resources of one type, in the order of the stacks. */
  public resources(type: string): readonly DeployedResource[] {
    return this.all.filter((resource) => resource.type === type);
  }
}

/** @param physicalIds by logical id, as CloudFormation lists them. */
export function verifiedStack(
  node: StackNode,
  state: StackState,
  physicalIds: ReadonlyMap<string, string>,
): VerifiedStack {
  const { stackName, account, region } = node.stack;
  return { name: node.name, stackName, account, region, place: placeOf(node), state, physicalIds };
}

function resourcesOf(stack: VerifiedStack): DeployedResource[] {
  const { template = {}, stackId, parameters } = stack.state;
  const known: Known = {
    ...stack,
    stackId,
    parameters: new Map(Object.entries(parameters).map(([name, { value, resolved }]) => [name, resolved ?? value])),
    types: new Map(Object.entries(template.Resources ?? {}).map(([id, { Type }]) => [id, Type])),
  };
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Type: type, Properties = {} }]) => {
    const physicalId = stack.physicalIds.get(logicalId);
    // Not there because of a condition of its own.
    if (physicalId === undefined) return [];
    const path = constructPath(template, logicalId)
      ?.replace(/^[^/]+\//, '')
      .replace(/\/Resource$/, '');
    return {
      stack,
      logicalId,
      type,
      physicalId,
      name: path ?? logicalId,
      properties: Properties,
      value: (property: unknown) => valueOf(property, known),
    };
  });
}
