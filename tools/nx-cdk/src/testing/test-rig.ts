import type { Dns } from '../dns/dns';
import { deploy } from '../engine/deploy';
import { destroy } from '../engine/destroy';
import { type Interrupts, type RunParts, uninterrupted } from '../engine/request';
import { rollback } from '../engine/rollback';
import { diff } from '../engine/diff';
import { status } from '../engine/status';
import { unlock } from '../engine/unlock';
import type { Event, Listener } from '../events/event';
import { exportEnvironment } from '../export/export-environment';
import { importSecrets } from '../export/import-secrets';
import type { RetryListener } from '../live-state/aws-call';
import { ClientCache } from '../live-state/aws-clients';
import { AwsLiveState } from '../live-state/aws-live-state';
import { Pace } from '../live-state/pace';
import { parseMigrationOptions } from '../migration/options';
import { AwsMigrationReads } from '../migration/reads';
import { type PlannedMigration, runPlanMigration } from '../migration/run-plan-migration';
import { parseDiffOptions, parseStatusOptions } from '../options/inspection-options';
import { parseExportOptions, parseImportSecretsOptions } from '../options/export-options';
import { parseDeployOptions, parseDestroyOptions, parseRollbackOptions } from '../options/options';
import { SsmRecordStore } from '../records/ssm-record-store';
import type { AppDiff } from '../report/diff';
import type { RunReport } from '../report/report';
import type { AppStatus } from '../report/status';
import { SdkStackDeleter } from '../ship/stack-deleter';
import { createToolkitShipper } from '../ship/toolkit-shipper';
import { type StackSketch, TestWorkspace } from './assembly-builder';
import { ScriptedAws } from './scripted/scripted-aws';

type Options = Readonly<Record<string, unknown>>;

/** What a test wants different from a plain run of all stacks. */
export interface RunDetails {
  readonly stacks?: readonly string[];
  readonly withApp?: boolean;
  readonly environment?: string;
  readonly interrupts?: Interrupts;
  readonly listener?: Listener;
  /** Without it the DNS gate is off. */
  readonly dns?: Dns;
}

/** The engine with the real toolkit and SDK, a workspace of its own, and the scripted AWS. */
export class TestRig {
  public readonly workspace = new TestWorkspace();
  public readonly aws = new ScriptedAws(this.workspace.assembly);
  /** Events of the last run. */
  public events: Event[] = [];
  private readonly processEnv = { ...process.env };

  public static async start(sketches: Readonly<Record<string, StackSketch>>): Promise<TestRig> {
    const rig = new TestRig();
    rig.workspace.synthesize(sketches);
    await rig.aws.start();
    return rig;
  }

  public async stop(): Promise<void> {
    await this.aws.stop();
    this.workspace.remove();
    process.env = this.processEnv;
  }

  public deploy(options: Options = {}, details: RunDetails = {}): Promise<RunReport> {
    const parsed = parseDeployOptions(options);
    return deploy(
      { ...this.request(details), options: parsed.options, optionProblems: parsed.problems },
      this.parts(details),
    );
  }

  public destroy(options: Options, details: RunDetails = {}): Promise<RunReport> {
    const parsed = parseDestroyOptions(options);
    return destroy(
      { ...this.request(details), options: parsed.options, optionProblems: parsed.problems },
      this.parts(details),
    );
  }

  public rollback(options: Options = {}, details: RunDetails = {}): Promise<RunReport> {
    const parsed = parseRollbackOptions(options);
    return rollback(
      { ...this.request(details), options: parsed.options, optionProblems: parsed.problems },
      this.parts(details),
    );
  }

  public unlock(details: RunDetails = {}): Promise<string> {
    return unlock({ ...this.request(details), options: {}, optionProblems: [] }, this.parts(details));
  }

  public status(options: Options = {}, details: RunDetails = {}): Promise<AppStatus> {
    const parsed = parseStatusOptions(options);
    return status(
      { ...this.request(details), options: parsed.options, optionProblems: parsed.problems },
      this.parts(details),
    );
  }

  public diff(options: Options = {}, details: RunDetails = {}): Promise<AppDiff> {
    const parsed = parseDiffOptions(options);
    return diff(
      { ...this.request(details), options: parsed.options, optionProblems: parsed.problems },
      this.parts(details),
    );
  }

  /** What was said. */
  public export(options: Options = {}, details: RunDetails & { readonly now?: Date } = {}): Promise<string[]> {
    const parsed = parseExportOptions(options);
    return exportEnvironment(
      { ...this.request(details), options: parsed.options, optionProblems: parsed.problems },
      { ...this.parts(details), clients: new ClientCache() },
      details.now ?? new Date(),
    );
  }

  /** What was said. */
  public async importSecrets(options: Options, details: RunDetails = {}): Promise<string[]> {
    const parsed = parseImportSecretsOptions(options);
    const said: string[] = [];
    await importSecrets(
      { ...this.request(details), options: parsed.options, optionProblems: parsed.problems },
      { ...this.parts(details), clients: new ClientCache(), say: (line) => void said.push(line) },
    );
    return said;
  }

  public planMigration(options: Options, details: RunDetails = {}): Promise<PlannedMigration> {
    const parsed = parseMigrationOptions(options);
    return runPlanMigration(
      { ...this.request(details), options: parsed.options, optionProblems: parsed.problems },
      { ...this.parts(details), reads: new AwsMigrationReads() },
    );
  }

  /** Names of the stacks that were worked on, in order. */
  public get started(): string[] {
    return this.events.filter((event) => event.type === 'stack-started').map(({ name }) => name);
  }

  private request({ stacks, withApp, environment = 'test' }: RunDetails) {
    const { root, app } = this.workspace;
    return { workspaceRoot: root, app, environment, stacks, withApp, command: 'nx run app' };
  }

  private parts({ interrupts = uninterrupted, listener, dns }: RunDetails): RunParts {
    this.aws.calls.length = 0;
    this.events = [];
    const listen: Listener = (event) => {
      this.events.push(event);
      listener?.(event);
    };
    const pace = new Pace(5, listen);
    const onRetry: RetryListener = (call, error) => pace.retried(call, error);
    return {
      connect: () => Promise.resolve(),
      liveState: new AwsLiveState(onRetry),
      records: new SsmRecordStore(onRetry),
      createShipper: createToolkitShipper,
      deleter: new SdkStackDeleter(pace, listen, onRetry),
      dns,
      listener: listen,
      interrupts,
      pace,
    };
  }
}

/** Result by stack name. */
export const resultsOf = (report: RunReport) =>
  Object.fromEntries(report.stacks.map(({ stackName, result }) => [stackName, result]));

/** One stack's row. */
export const rowOf = (report: RunReport, name: string) => report.stacks.find(({ stackName }) => stackName === name);
