import { randomUUID } from 'node:crypto';
import type { DeployOptions, Toolkit } from '@aws-cdk/toolkit-lib';
import type { Listener } from '../events/event';
import type { StackNode } from '../stack-graph/stack-graph';
import { Activity } from './activity';
import { EventIoHost } from './io-host';
import { ShipError, type Shipment, type Shipped, type Shipper, type ShipperFactory } from './shipper';

type ToolkitLib = typeof import('@aws-cdk/toolkit-lib');

/** Ships with the CDK Toolkit Library, in process, with a toolkit of its own for each stack. */
export const createToolkitShipper: ShipperFactory = async ({ directory, pollMs, listener }) => {
  const lib: ToolkitLib = await import('@aws-cdk/toolkit-lib');
  return new ToolkitShipper(lib, directory, pollMs, listener);
};

class ToolkitShipper implements Shipper {
  public constructor(
    private readonly lib: ToolkitLib,
    private readonly directory: string,
    private readonly pollMs: number,
    private readonly listener: Listener,
  ) {}

  public ship(node: StackNode, { method, parameters }: Shipment): Promise<Shipped> {
    const { StackParameters } = this.lib;
    const deploymentMethod: DeployOptions['deploymentMethod'] =
      method === 'direct'
        ? { method }
        : // A name of its own: two runs with the same one would overwrite each other's change set.
          { method, changeSetName: `nx-cdk-${randomUUID()}` };
    return this.run(node, Object.keys(node.stack.template.Resources ?? {}).length, async (toolkit) => {
      await toolkit.deploy(await toolkit.fromAssemblyDirectory(this.directory), {
        ...this.only(node),
        deploymentMethod,
        parameters: StackParameters.withExisting({ ...parameters }),
        // The plan has decided that it differs; the toolkit would only compare again.
        forceDeployment: true,
      });
    });
  }

  public remove(node: StackNode): Promise<Shipped> {
    return this.run(node, undefined, async (toolkit) => {
      await toolkit.destroy(await toolkit.fromAssemblyDirectory(this.directory), this.only(node));
    });
  }

  private async run(
    node: StackNode,
    total: number | undefined,
    work: (toolkit: Toolkit) => Promise<void>,
  ): Promise<Shipped> {
    const activity = new Activity(node, total);
    const ioHost = new EventIoHost(node.name, activity, this.listener);
    const toolkit = new this.lib.Toolkit({ ioHost, color: false, emojis: false });
    try {
      await work(toolkit);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      throw new ShipError(activity.rootCause ?? text.trim(), activity.resources, { cause: error });
    }
    return { noOp: ioHost.noOp, resources: activity.resources, retained: activity.retained };
  }

  private only(node: StackNode) {
    return {
      stacks: {
        strategy: this.lib.StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE,
        patterns: [node.stack.hierarchicalId],
        expand: this.lib.ExpandStackSelection.NONE,
      },
      stackEventPollingInterval: this.pollMs,
    };
  }
}
