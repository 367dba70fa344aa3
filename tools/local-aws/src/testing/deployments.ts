import { type IIoHost, StackSelectionStrategy, Toolkit } from '@aws-cdk/toolkit-lib';
import type { App } from 'aws-cdk-lib';

/** Deploys and destroys CDK apps in process, and remembers what the toolkit said. */
export class Deployments {
  readonly messages: string[] = [];
  private readonly toolkit: Toolkit;

  constructor() {
    const ioHost: IIoHost = {
      notify: async ({ message }) => void this.messages.push(message),
      requestResponse: async ({ defaultResponse }) => defaultResponse,
    };
    this.toolkit = new Toolkit({ ioHost, color: false, emojis: false });
  }

  async deploy(app: App): Promise<void> {
    await this.toolkit.deploy(await this.assemblyOf(app), { stacks: ALL });
  }

  /** Deploys with drift-aware change sets. */
  async revertDrift(app: App): Promise<void> {
    const deploymentMethod = { method: 'change-set', revertDrift: true } as const;
    await this.toolkit.deploy(await this.assemblyOf(app), { stacks: ALL, deploymentMethod });
  }

  async destroy(app: App): Promise<void> {
    await this.toolkit.destroy(await this.assemblyOf(app), { stacks: ALL });
  }

  private assemblyOf(app: App) {
    return this.toolkit.fromAssemblyBuilder(async () => app.synth());
  }
}

const ALL = { strategy: StackSelectionStrategy.ALL_STACKS };
