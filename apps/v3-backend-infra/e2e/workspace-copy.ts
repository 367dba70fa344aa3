import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { freePort, personalEnvironment } from './personal-environment';
import { clonePreparedWorkspace, commitAll, nxOf } from './prepared-workspace';
import { stopEndpoint } from './run-folder';
import { type Run, RunningCommand } from './running-command';

/**
 * What these tests read of a report. Its types are not imported from the engine: every change of the engine would then
 * affect the app, and synthesize it again.
 */
export interface Report {
  readonly ok: boolean;
  readonly dryRun: boolean;
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  readonly stacks: readonly ReportedStack[];
}

/** One stack's part of a report. */
export interface ReportedStack {
  readonly project: string | null;
  readonly stackName: string;
  readonly result: string;
  readonly reason: string;
  readonly error?: string;
}

/**
 * A copy of this workspace in a git repository of its own, with a local endpoint of its own, in which a test changes
 * files, commits, and runs Nx as a person would.
 */
export class WorkspaceCopy {
  private readonly commands: RunningCommand[] = [];

  /** Copies the prepared workspace. Nothing is deployed in it, and its endpoint is not running. */
  public static async create(): Promise<WorkspaceCopy> {
    return new WorkspaceCopy(clonePreparedWorkspace(`copy-${randomUUID()}`), await freePort());
  }

  private constructor(
    public readonly root: string,
    /** The port of its endpoint. */
    public readonly port: number,
  ) {}

  /** Replaces one text in one file; the text must occur exactly once. */
  public edit(file: string, search: string, replacement: string): void {
    const parts = readFileSync(join(this.root, file), 'utf8').split(search);
    if (parts.length !== 2) throw new Error(`${JSON.stringify(search)} occurs ${parts.length - 1} times in ${file}`);
    this.write(file, parts.join(replacement));
  }

  /** Writes a file, with the folders it needs. */
  public write(file: string, content: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }

  public commit(message: string): void {
    commitAll(this.root, message);
  }

  /** Starts `nx` with the arguments; extra variables go into its environment. */
  public start(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
    const command = new RunningCommand([nxOf(this.root), ...args], {
      cwd: this.root,
      env: personalEnvironment({ LOCAL_AWS_PORT: String(this.port), ...env }),
    });
    this.commands.push(command);
    return command;
  }

  /** Runs `nx` with the arguments to its end. */
  public nx(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.start(args, env).finished;
  }

  /** Deploys the local environment, all stacks unless the options say otherwise. */
  public deploy(...options: string[]): Promise<Run> {
    return this.nx(['run', 'v3-backend-infra:deploy', '--configuration=local', ...options]);
  }

  /** Destroys the local environment; the options must have the confirmation it needs. */
  public destroy(...options: string[]): Promise<Run> {
    return this.nx(['run', 'v3-backend-infra:destroy', '--configuration=local', ...options]);
  }

  /** The report of the last deploy or destroy. */
  public report(environment = 'local'): Report {
    return JSON.parse(readFileSync(join(this.root, 'dist/deploy', environment, 'report.json'), 'utf8')) as Report;
  }

  /** The results of the last deploy or destroy, by stack name without the prefix. */
  public results(environment = 'local'): Record<string, string> {
    const prefix = `v3-backend-${environment}-`;
    return Object.fromEntries(
      this.report(environment).stacks.map(({ stackName, result }) => [stackName.replace(prefix, ''), result]),
    );
  }

  /** Ends what still runs, stops the endpoint, and removes everything. */
  public async dispose(): Promise<void> {
    for (const command of this.commands) command.signal('SIGKILL');
    await Promise.all(this.commands.map(({ finished }) => finished));
    stopEndpoint(this.root);
    rmSync(this.root, { recursive: true, force: true });
  }
}
