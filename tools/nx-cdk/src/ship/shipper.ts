import type { Phase } from '../config/plugin-config';
import type { Listener } from '../events/event';
import type { StackNode } from '../stack-graph/stack-graph';

/** How a stack is to be shipped. */
export interface Shipment {
  readonly method: Phase['method'];
  /** Values of its parameters; those left out keep their previous value. */
  readonly parameters: Readonly<Record<string, string>>;
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
}

/** Makes a shipper for an assembly. Loading what it needs takes most of a second, so it is made when it is needed. */
export type ShipperFactory = (options: {
  readonly directory: string;
  readonly pollMs: number;
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
