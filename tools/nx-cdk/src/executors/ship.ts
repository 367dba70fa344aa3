import type { ExecutorContext } from '@nx/devkit';
import { type AppModel, readAppModel } from '../config/app-model';
import { type ClosingNotes, useEndpoint } from '../engine/endpoint';
import { watchSignals } from '../engine/interrupts';
import type { RunParts, RunRequest } from '../engine/request';
import { AwsLiveState } from '../live-state/aws-live-state';
import { type OptionKind, readCommandLine } from '../options/command-line';
import type { Parsed } from '../options/options';
import { SsmRecordStore } from '../records/ssm-record-store';
import { countResults, isBad, type RunReport } from '../report/report';
import { createToolkitShipper } from '../ship/toolkit-shipper';
import { plainRenderer } from '../terminal/plain';

/** What a target's configuration says; the rest of its options are for the action. */
export interface TargetOptions {
  readonly app: string;
  readonly stack?: string;
  readonly environment?: string;
  readonly [option: string]: unknown;
}

/** One Nx task as the executors see it. */
export interface ShipTask {
  /** Nx's id, e.g. `networking-stack:deploy:dev`. */
  readonly id: string;
  readonly project: string;
  readonly options: TargetOptions;
}

/** The words after the target on the command line, which Nx passes along with the options. */
export type CommandLineWords = readonly string[];

/** What Nx is told of a task. */
export interface TaskResult {
  readonly success: boolean;
  readonly terminalOutput: string;
}

/** What a deploy and a destroy do differently. */
export interface Action<Options> {
  readonly name: 'deploy' | 'destroy';
  readonly kinds: Readonly<Record<string, OptionKind>>;
  readonly parse: (given: Readonly<Record<string, unknown>>) => Parsed<Options>;
  readonly run: (request: RunRequest<Options>, parts: RunParts) => Promise<RunReport>;
}

/** Nx's own additions to the options of a task. */
const NX_OPTIONS = ['__overrides_unparsed__', '_', '$0'];

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
  const { app: appProject, environment } = tasks[0]!.options;
  const app = readAppModel(context.root, appProject, context.projectsConfigurations.projects);
  const entry = Object.values(app.config.environments).find((known) => known.environment === environment);
  if (environment === undefined || !entry) throw new Error(missingConfiguration(app));

  const { options, problems } = action.parse(givenOptions(tasks[0]!.options, words, action.kinds));
  const { interrupts, stop } = watchSignals();
  const render = plainRenderer((line) => process.stdout.write(`${line}\n`), { verbose: options.verbose });
  const log = (text: string) => render({ type: 'notice', text });
  let closingNotes: ClosingNotes = () => [];
  try {
    const report = await action.run(
      {
        workspaceRoot: context.root,
        app,
        environment,
        stacks: selection(tasks),
        options,
        optionProblems: problems,
        command: commandLine(action.name, tasks, words),
      },
      {
        connect: async () => {
          if (entry.endpoint !== undefined) closingNotes = await useEndpoint(entry.endpoint, context.root, log);
        },
        liveState: new AwsLiveState(),
        records: new SsmRecordStore(),
        createShipper: createToolkitShipper,
        listener: render,
        interrupts,
        pollMs: entry.endpoint === undefined ? POLL_MS.aws : POLL_MS.endpoint,
      },
    );
    const shipped = report.stacks.filter(({ result }) => result === 'created' || result === 'updated');
    closingNotes(shipped.map(({ stackName }) => stackName)).forEach(log);
    return report;
  } finally {
    stop();
  }
}

/** The app's own task means all stacks; together with tasks of stacks it adds none. */
function selection(tasks: readonly ShipTask[]): string[] | undefined {
  const stacks = tasks.map(({ options }) => options.stack).filter((stack) => stack !== undefined);
  return stacks.length === 0 ? undefined : stacks;
}

function givenOptions(
  target: TargetOptions,
  words: CommandLineWords,
  kinds: Readonly<Record<string, OptionKind>>,
): Record<string, unknown> {
  const { app: _app, stack: _stack, environment: _environment, ...options } = target;
  const configured = Object.entries(options).filter(([name]) => !NX_OPTIONS.includes(name));
  // Nx keeps --verbose for itself and only says so in the environment.
  const verbose = process.env['NX_VERBOSE_LOGGING'] === 'true' ? { verbose: true } : {};
  return { ...verbose, ...Object.fromEntries(configured), ...readCommandLine(words, kinds) };
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

function commandLine(action: string, tasks: readonly ShipTask[], words: CommandLineWords): string {
  const configuration = tasks[0]!.id.split(':')[2] ?? '';
  const projects = tasks.map(({ project }) => project);
  const target =
    projects.length === 1 ? `run ${projects[0]}:${action}` : `run-many -t ${action} -p ${projects.join(',')}`;
  return ['nx', target, `--configuration=${configuration}`, ...words].join(' ');
}

/** What to say when no environment is chosen, or one that does not exist: Nx does not tell the two apart. */
export function missingConfiguration({ project, config }: AppModel): string {
  return (
    `No environment of ${project} was chosen, or one that does not exist. ` +
    `Add --configuration=<${Object.keys(config.environments).join('|')}>.`
  );
}
