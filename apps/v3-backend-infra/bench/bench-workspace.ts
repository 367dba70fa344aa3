import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Endpoint } from '../e2e/endpoint';
import { FaultProxy } from '../e2e/fault-proxy';
import { runFolder, stopEndpoint } from '../e2e/run-folder';
import type { RunningCommand } from '../e2e/running-command';
import { WorkspaceCopy } from '../e2e/workspace-copy';
import { dependenciesIn, longestPath } from './longest-path';
import { Meter } from './meter';

/** The npm that runs this. */
const NPM = process.env['npm_execpath'] ?? 'npm';

/** The CDK CLI sends nothing to its makers and asks them nothing. */
const OFFLINE = { CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: '1' };

/** How the CDK CLI works. */
export interface CdkWay {
  readonly options?: readonly string[];
  /** Whether it validates the templates, as it does if nobody forbids it. */
  readonly validates?: boolean;
}

/** The command that makes the CDK CLI work that way, for people to read. */
export function cdkCommand(command: string, { options = [], validates = true }: CdkWay): string {
  return `\`${[...(validates ? [] : ['CDK_VALIDATION=false']), 'cdk', command, ...options].join(' ')}\``;
}

/** What is deployed. */
export interface Deployed {
  /** Each stack's status and last change. */
  readonly states: Readonly<Record<string, string>>;
  /** Resources in the templates, by stack and logical id. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a run did to the endpoint's stacks. */
export interface Extent {
  /** Stacks that were updated. */
  readonly stacks: readonly string[];
  /** How many resources these stacks have: CloudFormation compares each. */
  readonly evaluated: number;
  /** How many of them are defined in another way than before. */
  readonly changed: number;
}

/** A copy of this workspace whose endpoint is watched, and in which the CDK CLI deploys the same app, too. */
export class BenchWorkspace {
  public static async create(): Promise<BenchWorkspace> {
    const copy = await WorkspaceCopy.create();
    const meter = new Meter();
    const proxy = await new FaultProxy(copy.port, meter.script).listen();
    copy.talkThrough(proxy.url);
    copy.commit('talk through the proxy');
    return new BenchWorkspace(copy, meter, proxy);
  }

  private readonly endpoint: Endpoint;
  private changes = 0;

  private constructor(
    public readonly copy: WorkspaceCopy,
    public readonly meter: Meter,
    private readonly proxy: FaultProxy,
  ) {
    this.endpoint = new Endpoint(copy.port);
  }

  /** Starts `nx` with the arguments. */
  public nx(...args: string[]): RunningCommand {
    return this.copy.start(args);
  }

  /** Starts the synthesis of the local environment. */
  public synth(): RunningCommand {
    return this.nx('run', 'v3-backend-infra:synth', '--configuration=local');
  }

  /** Starts the deployment of everything to the local environment. */
  public deploy(): RunningCommand {
    return this.nx('run', 'v3-backend-infra:deploy', '--configuration=local');
  }

  /** Starts the reads that a deployment cannot do without, all at once. */
  public readOnce(): RunningCommand {
    return this.copy.startNode(['apps/v3-backend-infra/bench/one-round-of-reads.js'], '.', this.credentials());
  }

  /** Starts `npm` with the arguments. */
  public npm(...args: string[]): RunningCommand {
    return this.copy.startNode([NPM, ...args], '.', {});
  }

  /** Starts the CDK CLI in the app's folder, for the local environment. */
  public cdk(command: string, { options = [], validates = true }: CdkWay = {}): RunningCommand {
    return this.copy.startNode(
      [
        'node_modules/aws-cdk/bin/cdk',
        command,
        ...options,
        '--context=environment=local',
        '--no-version-reporting',
        '--no-notices',
        '--progress=events',
      ],
      'apps/v3-backend-infra',
      { ...OFFLINE, ...(validates ? {} : { CDK_VALIDATION: 'false' }), ...this.credentials() },
    );
  }

  /** Starts the CDK CLI's deploy, which asks nothing. */
  public cdkDeploy({ options = [], ...way }: CdkWay): RunningCommand {
    return this.cdk('deploy', { ...way, options: [...options, '--require-approval=never'] });
  }

  /** Synthesizes what is not synthesized yet, so that what follows finds it in Nx's cache. */
  public async synthesizeBefore(): Promise<void> {
    await succeeds(this.synth());
  }

  /** Changes a source of the app in a way that changes no template: the next synthesis does not come from the cache. */
  public changeApp(): void {
    this.changes += 1;
    const main = 'apps/v3-backend-infra/src/main.ts';
    this.copy.write(main, `${this.copy.read(main).replace(/\n\/\/ change \d+\n$/, '\n')}// change ${this.changes}\n`);
  }

  /** Has the local environment in the monolithic layout. */
  public useMonolith(): void {
    const environment = 'apps/v3-backend-infra/config/src/environments/local.ts';
    this.copy.edit(environment, "computeLayout: 'modular'", "computeLayout: 'monolithic'");
    this.copy.commit('the monolithic layout');
  }

  /** Gives a default of the compute library another value, and commits it. */
  public changeCompute(): void {
    this.changes += 1;
    const defaults = 'libs/compute/src/private/defaults.ts';
    // Fargate allows 120 seconds at most.
    const value = `  scheduler: ${30 + (this.changes % 90)},`;
    this.copy.write(defaults, this.copy.read(defaults).replace(/^ {2}scheduler: \d+,$/m, value));
    this.copy.commit(`feat(compute): change ${this.changes}`);
  }

  /** How long the last run shipped, as a multiple of the longest path of its stacks' durations along their dependencies. */
  public overLongestPath(): number {
    const { startedAt, finishedAt, stacks } = this.copy.report();
    return (Date.parse(finishedAt) - Date.parse(startedAt)) / longestPath(stacks, dependenciesIn(this.copy));
  }

  /** What is deployed now. */
  public async deployed(): Promise<Deployed> {
    const [states, resources] = await Promise.all([this.endpoint.stackStates(), this.endpoint.resources()]);
    return { states, resources };
  }

  /** What changed at the endpoint since then. */
  public async extentSince(before: Deployed): Promise<Extent> {
    const after = await this.deployed();
    const stacks = Object.keys(after.states).filter((stack) => after.states[stack] !== before.states[stack]);
    const resources = stacks.flatMap((stack) =>
      Object.entries(after.resources[stack]!).map(([id, now]) => now !== before.resources[stack]?.[id]),
    );
    return { stacks, evaluated: resources.length, changed: resources.filter(Boolean).length };
  }

  /** Empties the endpoint: as after its bootstrap, and running. */
  public async emptyEndpoint(): Promise<void> {
    const home = (root: string, folder: string) => join(root, '.local-aws', folder);
    stopEndpoint(this.copy.root);
    for (const folder of ['state', 'objects']) {
      rmSync(home(this.copy.root, folder), { recursive: true, force: true });
      const bootstrapped = home(join(runFolder(), 'prepared'), folder);
      if (existsSync(bootstrapped)) cpSync(bootstrapped, home(this.copy.root, folder), { recursive: true });
    }
    await this.startEndpoint();
  }

  public async startEndpoint(): Promise<void> {
    await succeeds(this.nx('run', 'local-aws:start'));
  }

  public async dispose(): Promise<void> {
    await this.copy.dispose();
    await this.proxy.stop();
  }

  private credentials(): NodeJS.ProcessEnv {
    const client = join(this.copy.root, '.local-aws/client');
    return {
      AWS_ENDPOINT_URL: this.proxy.url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_HOME: join(client, 'cdk-cli'),
    };
  }
}

/** Waits for a command that must succeed. */
export async function succeeds(command: RunningCommand): Promise<string> {
  const { status, output } = await command.finished;
  if (status !== 0) throw new Error(`A command failed:\n${output}`);
  return output;
}
