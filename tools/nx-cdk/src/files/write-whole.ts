import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { removeUnfinished, unfinishedName } from './unfinished';

/** For files, and the folders made for them, that nobody but their owner may read. */
export const OWNER_ONLY = { mode: 0o600, folderMode: 0o700 } as const;

/**
 * Writes a file, with the folders it needs. A reader sees the old content or the new one, never half of one.
 *
 * @param modes of the file, which it has from its beginning, and of folders that are made for it.
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode, folderMode }: { readonly mode?: number; readonly folderMode?: number } = {},
): void {
  mkdirSync(dirname(path), { recursive: true, mode: folderMode });
  removeUnfinished(path);
  writeFileSync(unfinishedName(path), content, { mode, flag: 'wx' });
  renameSync(unfinishedName(path), path);
}
