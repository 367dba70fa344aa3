import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GitWorkspace } from './git-workspace';

const ROOT = join(__dirname, '../../../..');
const PLUGIN = join(__dirname, '../index.ts');

/** What Nx would run. */
export interface TaskGraph {
  /** Ids of the tasks, e.g. `web-stack:deploy`. */
  readonly tasks: readonly string[];
  /** Ids of the tasks that must be done before, by id. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

/** A workspace in a temporary directory and a git repository of its own, with the plug-in as it is here. */
export class NxWorkspace {
  private readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'nx-cdk-workspace-')));
  private readonly repository: GitWorkspace;

  /** @param files contents by path; those that are no text are written as JSON. */
  public constructor(files: Readonly<Record<string, string | object>>) {
    mkdirSync(join(this.root, 'node_modules'));
    // Packages of this workspace itself are no packages of that one.
    for (const name of readdirSync(join(ROOT, 'node_modules')).filter((entry) => !/^\.|^@v3-backend$/.test(entry))) {
      symlinkSync(join(ROOT, 'node_modules', name), join(this.root, 'node_modules', name));
    }
    this.write({
      '.gitignore': 'node_modules\n.nx\n',
      'nx.json': {
        plugins: ['./plugin.js'],
        // As where one of Nx's own plug-ins for JavaScript is installed.
        pluginsConfig: { '@nx/js': { analyzeSourceFiles: true } },
        analytics: false,
        neverConnectToCloud: true,
      },
      'plugin.js': `require('tsx/cjs'); module.exports = require(${JSON.stringify(PLUGIN)});\n`,
      ...files,
    });
    this.repository = new GitWorkspace(this.root);
    this.repository.commit({});
  }

  /** The tasks of a target that Nx selects when these files are changed, and nothing else. */
  public affected(target: string, changed: Readonly<Record<string, string>>): TaskGraph {
    this.repository.commit(changed);
    return this.graph('affected', '-t', target, '--base=HEAD~1');
  }

  /** The tasks that a command of Nx would run. */
  public graph(...args: string[]): TaskGraph {
    const nx = join(this.root, 'node_modules/nx/dist/bin/nx.js');
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(NX_|NODE_ENV$|JEST_)/.test(name)),
    );
    const output = execFileSync(process.execPath, [nx, ...args, '--graph=stdout'], {
      cwd: this.root,
      env: { ...env, NX_DAEMON: 'false', CI: 'true' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { tasks } = JSON.parse(output) as {
      tasks: { tasks: Record<string, unknown>; dependencies: Record<string, string[]> };
    };
    return { tasks: Object.keys(tasks.tasks).sort(), dependencies: tasks.dependencies };
  }

  public remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private write(files: Readonly<Record<string, string | object>>): void {
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), typeof content === 'string' ? content : JSON.stringify(content));
    }
  }
}
