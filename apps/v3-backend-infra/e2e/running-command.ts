import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { forgetGroup, rememberGroup, signalGroup } from './run-folder';

/** What a command that has ended left behind. */
export interface Run {
  /** The exit code; null when a signal ended it. */
  readonly status: number | null;
  /** Standard output and error together, as a person sees them. */
  readonly output: string;
}

/** Where and with what a command runs. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** @default Node.js */
  readonly program?: string;
}

/** A command that runs beside the test, as the leader of a process group of its own. */
export class RunningCommand {
  /** Resolves when it, and whatever it started that writes to its output, has ended. */
  public readonly finished: Promise<Run>;
  private readonly child: ChildProcess;
  private readonly growth = new EventEmitter<{ text: [] }>();
  private text = '';
  private ended = false;

  constructor(args: readonly string[], { program = process.execPath, ...options }: CommandOptions) {
    this.child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        this.text += chunk;
        this.growth.emit('text');
      });
    }
    rememberGroup(this.pid);
    this.finished = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (status) => {
        this.ended = true;
        forgetGroup(this.pid);
        resolve({ status, output: this.output });
      });
    });
  }

  /** The id of its process, and of its process group. */
  public get pid(): number {
    return this.child.pid!;
  }

  /** What it has printed so far. */
  public get output(): string {
    return stripVTControlCharacters(this.text);
  }

  /**
   * Waits until it has printed a text.
   * @throws when it ends without, with what it printed instead
   */
  public async prints(text: string | RegExp): Promise<void> {
    const found = () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output));
    while (!found()) {
      const more = once(this.growth, 'text').then(() => false);
      const ended = await Promise.race([more, this.finished.then(() => true)]);
      if (ended && !found()) throw new Error(`The command ended without printing ${text}:\n${this.output}`);
    }
  }

  /** Sends a signal to its whole process group, as Ctrl-C or the end of a CI job does; nothing when it has ended. */
  public signal(signal: NodeJS.Signals): void {
    if (!this.ended) signalGroup(this.pid, signal);
  }

  /** Kills its process alone: what it started is not told. */
  public kill(): void {
    this.child.kill('SIGKILL');
  }
}
