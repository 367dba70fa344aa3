import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const ROOT = join(__dirname, '../../..');

export interface Run {
  readonly status: number | null;
  /** Standard output and error together, as a person sees them. */
  readonly output: string;
}

/** One row of the deploy report. */
export interface ReportedStack {
  readonly project: string;
  readonly stackName: string;
  readonly result: string;
  readonly reason: string;
}

/**
 * A copy of this workspace in a git repository of its own, with a local endpoint of its own, in which a test changes
 * files, commits, and runs Nx as a person would.
 *
 * The copy has the files that git knows or would add, shares the installed packages, and links the workspace's own
 * packages to itself, so that what it builds and runs is its own.
 */
export class WorkspaceCopy {
  public readonly root: string;
  private readonly env: NodeJS.ProcessEnv;

  public static async create(): Promise<WorkspaceCopy> {
    return new WorkspaceCopy(await freePort());
  }

  private constructor(public readonly port: number) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'v3-backend-e2e-')));
    this.env = { ...withoutNxAndAws(process.env), LOCAL_AWS_PORT: String(port), NX_DAEMON: 'false', CI: 'true' };
    this.copySources();
    this.linkPackages();
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit('the workspace as it is');
  }

  /** Replaces one text in one file; the text must occur exactly once. */
  public edit(file: string, search: string, replacement: string): void {
    const path = join(this.root, file);
    const parts = readFileSync(path, 'utf8').split(search);
    if (parts.length !== 2) throw new Error(`${JSON.stringify(search)} occurs ${parts.length - 1} times in ${file}`);
    writeFileSync(path, parts.join(replacement));
  }

  public commit(message: string): void {
    this.git('add', '--all');
    this.git('-c', 'user.name=e2e', '-c', 'user.email=e2e@example.com', 'commit', '--quiet', '--message', message);
  }

  /** Runs `nx` with the arguments; extra variables go into its environment. */
  public nx(args: string[], env: NodeJS.ProcessEnv = {}): Run {
    const nx = join(this.root, 'node_modules/nx/dist/bin/nx.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [nx, ...args], {
      cwd: this.root,
      env: { ...this.env, ...env },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, output: stripVTControlCharacters(stdout + stderr) };
  }

  /** The results of the last deploy or destroy, by stack name without the prefix. */
  public results(environment = 'local'): Record<string, string> {
    const report = JSON.parse(readFileSync(join(this.root, 'dist/deploy', environment, 'report.json'), 'utf8'));
    return Object.fromEntries(
      (report.stacks as ReportedStack[]).map(({ stackName, result }) => [
        stackName.replace(`v3-backend-${environment}-`, ''),
        result,
      ]),
    );
  }

  /** Stops the endpoint and removes everything. */
  public dispose(): void {
    this.nx(['run', 'local-aws:stop']);
    rmSync(this.root, { recursive: true, force: true });
  }

  private copySources(): void {
    const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (listed.status !== 0) throw new Error(`git ls-files failed: ${listed.stderr}`);
    for (const file of listed.stdout.split('\0').filter((name) => name !== '')) {
      // A file that was deleted and not yet committed is listed all the same.
      if (!existsSync(join(ROOT, file))) continue;
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      cpSync(join(ROOT, file), join(this.root, file), { errorOnExist: true, force: false });
    }
  }

  private linkPackages(): void {
    const modules = join(this.root, 'node_modules');
    mkdirSync(join(modules, '@v3-backend'), { recursive: true });
    for (const name of readdirSync(join(ROOT, 'node_modules'))) {
      if (name === '@v3-backend' || name === '.cache') continue;
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
    }
    for (const folder of ['libs', 'tools']) {
      for (const name of readdirSync(join(this.root, folder))) {
        symlinkSync(join(this.root, folder, name), join(modules, '@v3-backend', name));
      }
    }
  }

  private git(...args: string[]): void {
    const { status, stderr } = spawnSync('git', args, { cwd: this.root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')} failed: ${stderr}`);
  }
}

/** The environment of a person's shell: nothing of the Nx run this test is part of, and no AWS credentials. */
function withoutNxAndAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(NX_|AWS_(?!CA_BUNDLE)|CDK_|JEST_|NODE_ENV$|FORCE_COLOR$|LOCAL_AWS_)/.test(name),
    ),
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
