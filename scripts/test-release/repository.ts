import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../tools/packaging/src/command';
import { copyWorkspace } from '../../apps/v3-backend-infra/e2e/copy-workspace';

/** Who commits, and tags, in the copy. */
export const IDENTITY = {
  GIT_AUTHOR_NAME: 'Release test',
  GIT_AUTHOR_EMAIL: 'release-test@example.com',
  GIT_COMMITTER_NAME: 'Release test',
  GIT_COMMITTER_EMAIL: 'release-test@example.com',
};

/** A copy of this workspace in a git repository of its own, in which releases are made. */
export class Repository {
  /**
   * Copies this workspace, with one commit and no tag.
   *
   * @param env variables of everything that is run in the copy, beside those of this process.
   */
  public static async copy(root: string, env: Readonly<Record<string, string>>): Promise<Repository> {
    copyWorkspace(root, ['libs', 'dist/packages']);
    const repository = new Repository(root, { ...env, ...IDENTITY, NX_DAEMON: 'false' });
    await repository.git('init', '--quiet', '--initial-branch=main');
    await repository.git('config', 'commit.gpgSign', 'false');
    await repository.git('config', 'tag.gpgSign', 'false');
    await repository.commit('feat: the libraries and the plug-in');
    return repository;
  }

  private constructor(
    public readonly root: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /**
   * Runs one of the scripts of package.json, and gives what it printed.
   *
   * @param env variables that differ from those of everything that is run here.
   */
  public script(
    name: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    return run('npm', ['run', name, '--', ...args], { cwd: this.root, env: { ...this.env, ...env } });
  }

  public nx(...args: readonly string[]): Promise<string> {
    return run('npx', ['nx', ...args], { cwd: this.root, env: this.env });
  }

  public git(...args: readonly string[]): Promise<string> {
    return run('git', args, { cwd: this.root, env: this.env });
  }

  /** Commits everything. */
  public async commit(message: string): Promise<void> {
    await this.git('add', '--all');
    await this.git('commit', '--quiet', `--message=${message}`);
  }

  public read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** Removes what a pattern finds in a file, where it must find something. */
  public remove(file: string, pattern: RegExp): void {
    const source = this.read(file);
    const changed = source.replace(pattern, '');
    assert.notEqual(changed, source, `${file} has no ${pattern}`);
    this.write(file, changed);
  }

  public write(file: string, content: string): void {
    writeFileSync(join(this.root, file), content);
  }
}
