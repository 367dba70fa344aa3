import { randomUUID } from 'node:crypto';
import type { DeployOptions, Toolkit } from '@aws-cdk/toolkit-lib';
import type { Listener } from '../events/event';
import type { Pace } from '../live-state/pace';
import type { StackNode } from '../stack-graph/stack-graph';
import { Activity } from './activity';
import { EventIoHost } from './io-host';
import { ShipError, type Shipment, type Shipped, type Shipper, type ShipperFactory } from './shipper';
import { ToolkitCalls } from './toolkit-calls';
import { writeVariant } from './variant-assembly';

type ToolkitLib = typeof import('@aws-cdk/toolkit-lib');

/** Ships with the CDK Toolkit Library, in process, with a toolkit of its own for each stack. */
export const createToolkitShipper: ShipperFactory = async ({ directory, pace, listener }) => {
  const lib: ToolkitLib = await import('@aws-cdk/toolkit-lib');
  return new ToolkitShipper(lib, directory, pace, listener);
};

class ToolkitShipper implements Shipper {
  public constructor(
    private readonly lib: ToolkitLib,
    private readonly directory: string,
    private readonly pace: Pace,
    private readonly listener: Listener,
  ) {}

  public async ship(node: StackNode, { method, revertDrift, parameters, review }: Shipment): Promise<Shipped> {
    const { StackParameters } = this.lib;
    // A name of its own: two runs with the same one would overwrite each other's change set.
    const changeSetName = `nx-cdk-${randomUUID()}`;
    const deploymentMethod: DeployOptions['deploymentMethod'] =
      method === 'direct' ? { method } : { method, changeSetName, revertDrift };
    let objection: unknown;
    const mayDeploy = async () => {
      try {
        if (method === 'change-set') await review?.(changeSetName);
        return true;
      } catch (error) {
        objection = error;
        return false;
      }
    };
    const variant = node.stack.isVariant ? writeVariant(this.directory, node.stack) : undefined;
    const total = Object.keys(node.stack.template.Resources ?? {}).length;
    try {
      return await this.run(
        node,
        async (toolkit) => {
          await toolkit.deploy(await toolkit.fromAssemblyDirectory(variant?.directory ?? this.directory), {
            ...this.only(node),
            deploymentMethod,
            parameters: StackParameters.withExisting({ ...parameters }),
            // The plan has decided that it differs; the toolkit would only compare again.
            forceDeployment: true,
          });
        },
        { total, mayDeploy },
      );
    } catch (error) {
      throw objection ?? error;
    } finally {
      variant?.remove();
    }
  }

  public remove(node: StackNode): Promise<Shipped> {
    return this.run(node, async (toolkit) => {
      await toolkit.destroy(await toolkit.fromAssemblyDirectory(this.directory), this.only(node));
    });
  }

  public rollBack(node: StackNode, skip: readonly string[]): Promise<Shipped> {
    return this.run(node, async (toolkit) => {
      await toolkit.rollback(await toolkit.fromAssemblyDirectory(this.directory), {
        ...this.only(node),
        orphanLogicalIds: [...skip],
      });
    });
  }

  private async run(
    node: StackNode,
    work: (toolkit: Toolkit) => Promise<void>,
    { total, mayDeploy }: { readonly total?: number; readonly mayDeploy?: () => Promise<boolean> } = {},
  ): Promise<Shipped> {
    const activity = new Activity(node, total);
    const calls = new ToolkitCalls(node.stack.region, this.pace);
    const ioHost = new EventIoHost(node.name, { activity, calls, listener: this.listener, mayDeploy });
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
      stackEventPollingInterval: this.pace.next(),
    };
  }
}
