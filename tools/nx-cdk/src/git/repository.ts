import { execFileSync } from 'node:child_process';

/** What is checked out. */
export interface CheckedOut {
  /** Null outside git, and before the first commit. */
  readonly commit: string | null;
  /** Whether the files are those of the commit; files that git ignores do not count. */
  readonly clean: boolean;
}

/** The git repository that a workspace is in, if it is in one. */
export class Repository {
  public constructor(private readonly directory: string) {}

  public checkedOut(): CheckedOut {
    const [branch, ...rest] = (
      this.ask('status', '--porcelain=v2', '--branch', '--untracked-files=normal') ?? ''
    ).split('\n');
    const commit = /^# branch\.oid ([0-9a-f]+)$/.exec(branch ?? '')?.[1] ?? null;
    return { commit, clean: commit !== null && rest.every((line) => line === '' || line.startsWith('# ')) };
  }

  /** Whether the clone has a commit: a shallow one lacks older ones. */
  public has(commit: string): boolean {
    return this.ask('cat-file', '-e', `${commit}^{commit}`) !== undefined;
  }

  /** Whether a commit is part of the history of what is checked out. */
  public isPartOfHead(commit: string): boolean {
    return this.ask('merge-base', '--is-ancestor', commit, 'HEAD') !== undefined;
  }

  /** Files, from the repository's root, that differ between two commits. */
  public changedFiles(from: string, to: string): ReadonlySet<string> {
    const names = this.run('diff', '--name-only', '--no-renames', '-z', from, to, '--');
    return new Set(names.split('\0').filter((name) => name !== ''));
  }

  /** Undefined where git says no, and where there is no git. */
  private ask(...args: string[]): string | undefined {
    try {
      return this.run(...args);
    } catch {
      return undefined;
    }
  }

  private run(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.directory,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
