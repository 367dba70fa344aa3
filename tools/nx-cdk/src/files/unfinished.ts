import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hostIdentity, isAlive } from '../lock/this-process';

/** Tells processes of this machine from those of others, which may share the folder: containers do. */
const machine = () =>
  createHash('sha256')
    .update(hostIdentity() ?? '')
    .digest('hex')
    .slice(0, 8);

/** What a file or folder is called, beside its place, until it is complete and renamed. */
export const unfinishedName = (path: string): string => `${path}.unfinished-${machine()}-${process.pid}`;

/** Removes what processes of this machine that were killed have left of a file or folder. */
export function removeUnfinished(path: string): void {
  const folder = dirname(path);
  const prefix = `${basename(path)}.unfinished-${machine()}-`;
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = name.startsWith(prefix) ? /^\d+/.exec(name.slice(prefix.length))?.[0] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
