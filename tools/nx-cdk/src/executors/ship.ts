import type { ExecutorContext } from '@nx/devkit';
import { targetName } from '../config/app-model';
import { dnsOf, dnsProblems } from '../dns/dns';
import { type Endpoint, useEndpoint } from '../engine/endpoint';
import { watchSignals } from '../engine/interrupts';
import type { RunParts, RunRequest } from '../engine/request';
import type { RetryListener } from '../live-state/aws-call';
import { AwsLiveState } from '../live-state/aws-live-state';
import { Pace } from '../live-state/pace';
import type { OptionKind } from '../options/command-line';
import type { Parsed } from '../options/options';
import { SsmRecordStore } from '../records/ssm-record-store';
import { countResults, isBad, type RunReport } from '../report/report';
import { SdkStackDeleter } from '../ship/stack-deleter';
import { createToolkitShipper } from '../ship/toolkit-shipper';
import { displayProblems } from '../terminal/choose';
import { createRenderer } from '../terminal/renderer';
import { type CommandLineWords, givenOptions, readTarget, type TargetOptions } from './target';

/** One Nx task as the executors see it. */
export interface ShipTask {
  /** Nx's id, e.g. `networking-stack:deploy:dev`. */
  readonly id: string;
  readonly project: string;
  readonly options: TargetOptions;
}

/** What Nx is told of a task. */
export interface TaskResult {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/** What a deploy, a destroy and a rollback do differently. */
export interface Action<Options> {
  readonly name: 'deploy' | 'destroy' | 'rollback';
  readonly kinds: Readonly<Record<string, OptionKind>>;
  readonly parse: (given: Readonly<Record<string, unknown>>) => Parsed<Options>;
  readonly run: (request: RunRequest<Options>, parts: RunParts) => Promise<RunReport>;
}

/** How often CloudFormation is asked for progress; an endpoint on this machine has no request limits. */
const POLL_MS = { aws: 2000, endpoint: 200 };

/** Runs tasks of one action, one run for each app among them, and tells Nx how each task fared. */
export async function shipTasks<Options extends { readonly verbose: boolean }>(
  action: Action<Options>,
  tasks: readonly ShipTask[],
  words: CommandLineWords,
  context: ExecutorContext,
): Promise<Record<string, TaskResult>> {
  const results: Record<string, TaskResult> = {};
  for (const app of new Set(tasks.map(({ options }) => options.app))) {
    const own = tasks.filter(({ options }) => options.app === app);
    try {
      const report = await shipApp(action, own, words, context);
      for (const task of own) results[task.id] = taskResult(task, report);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${text}\n`);
      for (const { id } of own) results[id] = { success: false, terminalOutput: text };
    }
  }
  return results;
}

async function shipApp<Options extends { readonly verbose: boolean }>(
  action: Action<Options>,
  tasks: readonly ShipTask[],
  words: CommandLineWords,
  context: ExecutorContext,
): Promise<RunReport> {
  const { app, environment, endpoint } = readTarget(tasks[0]!.options, context);

  const { options, problems } = action.parse(givenOptions(tasks[0]!.options, words, action.kinds));
  const { listener: render, say, close } = createRenderer(options);
  const { interrupts, stop } = watchSignals(say);
  const pace = new Pace(endpoint === undefined ? POLL_MS.aws : POLL_MS.endpoint, render);
  const onRetry: RetryListener = (call, error) => pace.retried(call, error);
  const log = (text: string) => render({ type: 'notice', text });
  let started: Endpoint | undefined;
  try {
    const report = await action.run(
      {
        workspaceRoot: context.root,
        app,
        environment,
        stacks: selection(tasks),
        withApp: tasks.some(({ options: { stack } }) => stack === undefined),
        options,
        optionProblems: [...problems, ...displayProblems(process.env), ...dnsProblems(process.env)],
        command: commandLine(targetName(app.config, action.name), tasks, words),
      },
      {
        connect: async () => {
          if (endpoint !== undefined) started = await useEndpoint(endpoint, context.root, log);
        },
        liveState: new AwsLiveState(onRetry),
        records: new SsmRecordStore(onRetry),
        createShipper: createToolkitShipper,
        deleter: new SdkStackDeleter(pace, render, onRetry),
        dns: dnsOf(process.env, endpoint !== undefined),
        listener: render,
        interrupts,
        pace,
      },
    );
    const shipped = report.stacks.filter(({ result }) => result === 'created' || result === 'updated');
    started?.closingNotes(shipped.map(({ stackName }) => stackName)).forEach(log);
    return report;
  } finally {
    close();
    stop();
  }
}

/** The app's own task means all stacks; together with tasks of stacks it does not select more. */
function selection(tasks: readonly ShipTask[]): string[] | undefined {
  const stacks = tasks.map(({ options }) => options.stack).filter((stack) => stack !== undefined);
  return stacks.length === 0 ? undefined : stacks;
}

function taskResult({ options, project }: ShipTask, report: RunReport): TaskResult {
  if (options.stack === undefined) {
    return { success: report.ok, terminalOutput: `${report.environment}: ${countResults(report.stacks)}\n` };
  }
  const row = report.stacks.find((stack) => stack.project === project);
  const interrupted = row?.result === 'skipped' && !report.dryRun;
  const success = row !== undefined && !isBad(row) && !interrupted && report.problems.length === 0;
  const text = row ? `${row.stackName}: ${row.result}, ${row.error ?? row.reason}` : report.problems.join('\n');
  return { success, terminalOutput: `${text}\n` };
}

function commandLine(target: string, tasks: readonly ShipTask[], words: CommandLineWords): string {
  const configuration = tasks[0]!.id.split(':')[2] ?? '';
  const projects = tasks.map(({ project }) => project);
  const task =
    projects.length === 1 ? `run ${projects[0]}:${target}` : `run-many -t ${target} -p ${projects.join(',')}`;
  return ['nx', task, `--configuration=${configuration}`, ...words].join(' ');
}
