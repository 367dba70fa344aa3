import type { Phase } from '../config/plugin-config';
import type { Listener } from '../events/event';
import type { Pace } from '../live-state/pace';
import type { StackNode } from '../stack-graph/stack-graph';

/** How a stack is to be shipped. */
export interface Shipment {
  readonly method: Phase['method'];
  /** Bring back resources that were changed behind CloudFormation's back. Only for the method `change-set`. */
  readonly revertDrift: boolean;
  /** Values of its parameters; those left out keep their previous value. */
  readonly parameters: Readonly<Record<string, string>>;
  /**
   * Looks at a change set before it is executed. A rejection leaves the stack as it is, and is what `ship` rejects with.
   * Only for the method `change-set`.
   */
  readonly review?: (changeSetName: string) => Promise<void>;
}

/** What shipping or deleting a stack did. */
export interface Shipped {
  /** CloudFormation found nothing to change. */
  readonly noOp: boolean;
  /** How many resources were created, updated or deleted. */
  readonly resources: number;
  /** Resources that a deletion left behind, as the template says. */
  readonly retained: readonly string[];
}

/** Changes stacks in AWS. */
export interface Shipper {
  /** @throws ShipError when the stack did not reach its new state. */
  ship(node: StackNode, shipment: Shipment): Promise<Shipped>;
  /** @throws ShipError when the stack is still there. */
  remove(node: StackNode): Promise<Shipped>;
  /**
   * Takes a stack whose update failed half-way back to where it was.
   *
   * @param skip logical ids of resources to leave as they are.
   * @throws ShipError when the stack is not back.
   */
  rollBack(node: StackNode, skip: readonly string[]): Promise<Shipped>;
}

/** Makes a shipper for an assembly. Loading what it needs takes most of a second, so it is made when it is needed. */
export type ShipperFactory = (options: {
  readonly directory: string;
  readonly pace: Pace;
  readonly listener: Listener;
}) => Promise<Shipper>;

/** A stack that could not be shipped, with the root cause first. */
export class ShipError extends Error {
  /**
   * @param resources how many resources were changed nevertheless.
   * @param options the error behind it, if any, as `cause`.
   */
  public constructor(
    message: string,
    public readonly resources: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ShipError';
  }
}
