import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

/** All files below a folder, relative to it, with forward slashes. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort();
}

/**
 * The path of the only file below a folder that fits.
 *
 * @throws Error if there is none, or more than one.
 */
export function theFile(folder: string, fits: (path: string) => boolean): string {
  const files = filesBelow(folder).filter(fits);
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new Error(`One such file was expected in ${folder}; there are ${files.length}: ${files.join(', ')}`);
  }
  return join(folder, file);
}
