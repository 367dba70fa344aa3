import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { removeUnfinished, unfinishedName } from './unfinished';

/** Writes a file, with the folders it needs. A reader sees the old content or the new one, never half of one. */
export function writeWhole(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  removeUnfinished(path);
  writeFileSync(unfinishedName(path), content);
  renameSync(unfinishedName(path), path);
}
