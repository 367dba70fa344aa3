import type { StackProject } from '../config/app-model';
import type { Listener } from '../events/event';
import { isBad, type RunReport, type StackReport } from '../report/report';
import { writeReport } from '../report/write-report';
import type { StackNode } from '../stack-graph/stack-graph';
import type { RunRequest } from './request';

/** What is known of a stack when its result is recorded. */
export type Outcome = Pick<StackReport, 'result' | 'reason'> & Partial<Pick<StackReport, 'error' | 'resources'>>;

/** Keeps what happens in a run, and makes the report of it. */
export class Journal {
  /** The account of the credentials; null until it is known. */
  public account: string | null = null;
  public region: string | null = null;
  /** The stacks of the app, in the order of the report. */
  public nodes: readonly StackNode[] = [];
  /** Stack projects asked for that are no part of the environment. */
  public absent: readonly StackProject[] = [];

  private readonly startedAt = new Date();
  private readonly started = new Map<string, number>();
  private readonly rows = new Map<string, StackReport>();

  public constructor(
    private readonly request: RunRequest<object>,
    private readonly listener: Listener,
    /** What is deployed; null outside git. */
    private readonly commit: string | null,
  ) {}

  /** A dry run leaves stacks out without being incomplete. */
  private get dryRun(): boolean {
    const { options } = this.request;
    return 'dryRun' in options && options.dryRun === true;
  }

  /** Whether the work on a stack began and its result is not known yet. */
  public isRunning({ stack }: StackNode): boolean {
    return this.started.has(stack.id) && !this.rows.has(stack.id);
  }

  /** The work on a stack begins: its duration counts from here. */
  public begin({ stack }: StackNode): void {
    this.started.set(stack.id, Date.now());
  }

  /** The result of a stack is known. Only the first one counts. */
  public record(node: StackNode, outcome: Outcome): void {
    const { id, stackName } = node.stack;
    if (this.rows.has(id)) return;
    const report: StackReport = {
      project: node.project ?? null,
      stackName,
      phase: node.phase?.name ?? null,
      ...outcome,
      durationMs: Date.now() - (this.started.get(id) ?? Date.now()),
    };
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
      stacks,
    };
    this.listener({ type: 'run-finished', report, files: writeReport(this.request.workspaceRoot, report) });
    return report;
  }

  private unfinished(node: StackNode, otherwise: string): StackReport {
    const running = this.isRunning(node);
    return {
      project: node.project ?? null,
      stackName: node.stack.stackName,
      phase: node.phase?.name ?? null,
      result: running ? 'failed' : 'skipped',
      reason: running
        ? 'the run ended while CloudFormation was still working on it; run the same command again to follow it'
        : otherwise,
      durationMs: Date.now() - (this.started.get(node.stack.id) ?? Date.now()),
    };
  }

  private absentRow({ project, stack, phase }: StackProject): StackReport {
    const { environment, app } = this.request;
    return {
      project,
      stackName: app.config.stackName.replaceAll('{environment}', environment).replaceAll('{stack}', stack),
      phase: phase ?? null,
      result: 'absent',
      reason: `the environment ${environment} has no such stack`,
      durationMs: 0,
    };
  }
}
