import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type CommandOptions, type Run, RunningCommand } from './running-command';

/**
 * What these tests read of a report. Its types are not imported from the engine: every change of the engine would then
 * affect the app, and synthesize it again.
 */
export interface Report {
  readonly ok: boolean;
  readonly dryRun: boolean;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  readonly stacks: readonly ReportedStack[];
}

/** One stack's part of a report. */
export interface ReportedStack {
  readonly project: string | null;
  readonly stackName: string;
  readonly result: string;
  readonly durationMs: number;
  readonly reason: string;
  readonly error?: string;
}

/** A workspace in a git repository of its own, in which a test changes files, commits, and runs Nx as a person would. */
export class Workspace {
  private readonly commands: RunningCommand[] = [];

  /** @param env the environment of its commands. */
  constructor(
    public readonly root: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Replaces one text in one file; the text must occur exactly once. */
  public edit(file: string, search: string, replacement: string): void {
    const parts = this.read(file).split(search);
    if (parts.length !== 2) throw new Error(`${JSON.stringify(search)} occurs ${parts.length - 1} times in ${file}`);
    this.write(file, parts.join(replacement));
  }

  /** The content of a file. */
  public read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** Writes a file, with the folders it needs. */
  public write(file: string, content: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), content);
  }

  /** Commits everything that changed, in a repository that is made at the first commit. */
  public commit(message: string): void {
    if (!existsSync(join(this.root, '.git'))) this.execute('git', 'init', '--quiet', '--initial-branch=main');
    this.execute('git', 'add', '--all');
    this.execute(
      'git',
      '-c',
      'user.name=e2e',
      '-c',
      'user.email=e2e@example.com',
      'commit',
      '--quiet',
      '--message',
      message,
    );
  }

  /** Starts `nx` with the arguments; extra variables go into its environment. */
  public start(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
    return this.startNode(['node_modules/nx/dist/bin/nx.js', ...args], '.', env);
  }

  /** Starts a program, by its path in the workspace or an absolute one, in a folder; extra variables go into its environment. */
  public startNode([program, ...args]: readonly string[], folder: string, env: NodeJS.ProcessEnv): RunningCommand {
    return this.run([resolve(this.root, program!), ...args], { cwd: join(this.root, folder), env });
  }

  /** Runs lines of a shell as a person pastes them, up to the first that fails. */
  public shell(lines: string, env: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.run(['-euo', 'pipefail', '-c', lines], { cwd: this.root, env, program: 'bash' }).finished;
  }

  private run(args: readonly string[], options: CommandOptions): RunningCommand {
    const command = new RunningCommand(args, { ...options, env: { ...this.env, ...options.env } });
    this.commands.push(command);
    return command;
  }

  /** Runs `nx` with the arguments to its end. */
  public nx(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.start(args, env).finished;
  }

  /**
   * Runs another command that must succeed.
   * @returns its standard output
   */
  public execute(command: string, ...args: string[]): string {
    return execFileSync(command, args, { cwd: this.root, env: this.env, encoding: 'utf8' });
  }

  /** The report of the last deploy or destroy. */
  public report(environment: string): Report {
    return JSON.parse(readFileSync(join(this.root, 'dist/deploy', environment, 'report.json'), 'utf8')) as Report;
  }

  /** The results of the last deploy or destroy, by stack name without what comes before the stack's own name. */
  public resultsOf(environment: string, prefix: string): Record<string, string> {
    const { stacks } = this.report(environment);
    return Object.fromEntries(stacks.map(({ stackName, result }) => [stackName.replace(prefix, ''), result]));
  }

  /** Ends what still runs, and removes everything. */
  public async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Ends what still runs. */
  protected async stop(): Promise<void> {
    for (const command of this.commands) command.signal('SIGKILL');
    await Promise.all(this.commands.map(({ finished }) => finished));
  }
}
