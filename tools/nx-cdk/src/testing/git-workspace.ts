import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A directory as a git repository, in which a test commits. */
export class GitWorkspace {
  public constructor(private readonly root: string) {
    this.git('init', '--quiet', '--initial-branch=main');
  }

  /** Writes these files, deletes those that are null, and commits everything. @returns the commit. */
  public commit(files: Readonly<Record<string, string | null>>): string {
    for (const [name, content] of Object.entries(files)) {
      if (content === null) rmSync(join(this.root, name));
      else writeFileSync(join(this.root, name), content);
    }
    this.git('add', '--all');
    this.git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'change');
    return this.git('rev-parse', 'HEAD').trim();
  }

  public git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.root, encoding: 'utf8' });
  }
}
