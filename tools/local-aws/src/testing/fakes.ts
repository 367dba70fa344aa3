import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An executable that answers as a Python of this version; `-m` runs the given shell code. */
export function fakePython(folder: string, name: string, version: string, modules = 'exit 1'): string {
  const file = join(folder, name);
  const answer = `case "$1" in -c) echo ${version}; echo "$0";; -m) ${modules};; esac`;
  writeFileSync(file, `#!/bin/sh\n${answer}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** The message a promise is rejected with. */
export function rejectionOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: Error) => error.message,
  );
}
