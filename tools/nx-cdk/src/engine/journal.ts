import type { StackProject } from '../config/app-model';
import type { Listener } from '../events/event';
import { readShippedMs } from '../report/earlier-report';
import { isBad, type Leftover, type RunReport, type StackReport } from '../report/report';
import { writeReport } from '../report/write-report';
import { type StackGraph, type StackNode, stackNameOf } from '../stack-graph/stack-graph';
import type { RunRequest } from './request';

/** What is known of a stack when its result is recorded. */
export type Outcome = Pick<StackReport, 'result' | 'reason'> &
  Partial<Pick<StackReport, 'error' | 'resources' | 'changes'>>;

/** Keeps what happens in a run, and makes the report of it. */
export class Journal {
  /** The account of the credentials; null until it is known. */
  public account: string | null = null;
  public region: string | null = null;
  /** The stacks of the app, in the order of the report. */
  public nodes: readonly StackNode[] = [];
  /** What each stack directly depends on. */
  public direct: StackGraph['direct'] = new Map();
  /** Stack projects asked for that are no part of the environment. */
  public absent: readonly StackProject[] = [];

  private readonly startedAt = new Date();
  private readonly started = new Map<string, number>();
  private readonly rows = new Map<string, StackReport>();
  private readonly notices: string[] = [];
  private readonly leftovers: Leftover[] = [];
  private readonly shippedMs: ReadonlyMap<string, number>;

  public constructor(
    private readonly request: RunRequest<object>,
    private readonly listener: Listener,
    /** What is deployed; null outside git. */
    private readonly commit: string | null,
  ) {
    this.shippedMs = readShippedMs(request.workspaceRoot, request.environment);
  }

  /** A dry run leaves stacks out without being incomplete. */
  private get dryRun(): boolean {
    const { options } = this.request;
    return 'dryRun' in options && options.dryRun === true;
  }

  /** Stacks that are deployed, but no longer part of the app, come after those of the app. */
  public append(removed: readonly StackNode[]): void {
    this.nodes = [...this.nodes, ...removed];
    this.absent = this.absent.filter(({ project }) => !removed.some((node) => node.project === project));
  }

  /** Whether the work on a stack began and its result is not known yet. */
  public isRunning({ stack }: StackNode): boolean {
    return this.started.has(stack.id) && !this.rows.has(stack.id);
  }

  /** How long a stack took when it last shipped, in milliseconds. */
  public expectedMs({ stack }: StackNode): number | undefined {
    return this.shippedMs.get(stack.stackName);
  }

  /** Somebody should know or do something; it is told at once, and in the report. */
  public notice(text: string): void {
    this.notices.push(text);
    this.listener({ type: 'notice', text });
  }

  /** Something stays behind that a deleted stack had, or a stack that nobody wants any more. */
  public leave(leftover: Leftover): void {
    this.leftovers.push(leftover);
  }

  /** Says what stays behind, if anything does. */
  public noticeLeftovers(): void {
    if (this.leftovers.length === 0) return;
    const lines = this.leftovers.map(
      ({ stackName, logicalId, type, physicalId, why }) => `  ${stackName}: ${type} ${physicalId ?? logicalId}, ${why}`,
    );
    this.notice(['Left behind:', ...lines].join('\n'));
  }

  /** Whether no stack has failed, is blocked, or was left out by an interrupt. */
  public get isGoodSoFar(): boolean {
    return ![...this.rows.values()].some((row) => isBad(row) || row.result === 'skipped');
  }

  /** The work on a stack begins: its duration counts from here. */
  public begin({ stack }: StackNode): void {
    this.started.set(stack.id, Date.now());
  }

  /** The result of a stack is known. Only the first one counts. */
  public record(node: StackNode, outcome: Outcome): void {
    const { id } = node.stack;
    if (this.rows.has(id)) return;
    const report = this.row(node, outcome);
    this.rows.set(id, report);
    this.listener({ type: 'stack-finished', name: node.name, report });
  }

  /** Writes the report. Stacks without a result are `skipped`, for the reason given. */
  public finish(problems: readonly string[], otherwise: string): RunReport {
    const stacks = [
      ...this.nodes.map((node) => this.rows.get(node.stack.id) ?? this.unfinished(node, otherwise)),
      ...this.absent.map((project) => this.absentRow(project)),
    ];
    const incomplete = stacks.some(({ result }) => result === 'skipped') && !this.dryRun;
    const report: RunReport = {
      environment: this.request.environment,
      account: this.account,
      region: this.region,
      commit: this.commit,
      command: this.request.command,
      startedAt: this.startedAt.toISOString(),
      finishedAt: new Date().toISOString(),
      ok: problems.length === 0 && !stacks.some(isBad) && !incomplete,
      dryRun: this.dryRun,
      problems,
      notices: this.notices,
      ...(this.leftovers.length === 0 ? {} : { leftovers: this.leftovers }),
      stacks,
    };
    this.listener({ type: 'run-finished', report, files: writeReport(this.request.workspaceRoot, report) });
    return report;
  }

  private row(node: StackNode, { error, ...outcome }: Outcome): StackReport {
    const { id, stackName } = node.stack;
    const started = this.started.get(id);
    const durationMs = started === undefined ? 0 : Date.now() - started;
    const shipped = outcome.result === 'created' || outcome.result === 'updated';
    return {
      project: node.project ?? null,
      stackName,
      phase: node.phase?.name ?? null,
      ...outcome,
      // Reports travel: places in the source are told relative to the workspace.
      ...(error === undefined ? {} : { error: error.replaceAll(`${this.request.workspaceRoot}/`, '') }),
      dependsOn: this.nodes
        .filter(({ stack }) => this.direct.get(id)?.has(stack.id))
        .map(({ stack }) => stack.stackName),
      ...(started === undefined ? {} : { startedAt: new Date(started).toISOString() }),
      durationMs,
      shippedMs: shipped ? durationMs : this.shippedMs.get(stackName),
    };
  }

  private unfinished(node: StackNode, otherwise: string): StackReport {
    return this.isRunning(node)
      ? this.row(node, {
          result: 'failed',
          reason: 'the run ended while CloudFormation was still working on it; run the same command again to follow it',
        })
      : this.row(node, { result: 'skipped', reason: otherwise });
  }

  private absentRow({ project, stack, phase }: StackProject): StackReport {
    const { environment, app } = this.request;
    return {
      project,
      stackName: stackNameOf(app, environment, stack),
      phase: phase ?? null,
      result: 'absent',
      reason: `the environment ${environment} has no such stack`,
      dependsOn: [],
      durationMs: 0,
    };
  }
}
