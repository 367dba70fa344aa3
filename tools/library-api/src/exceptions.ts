import { existsSync, readFileSync } from 'node:fs';

/** Findings that are not acted on, and why: a file with a comment above each group of keys. */
export interface Exceptions {
  /** Where they are written down. */
  readonly file: string;
  /** The keys; one that ends in `*` stands for every key that begins like it. */
  readonly keys: readonly string[];
}

/**
 * Reads a file of exceptions; none where there is no such file.
 *
 * Lines that begin with `#` say why, other lines are a key each. An empty line ends a reason.
 *
 * @throws when a key has no reason, with every such key.
 */
export function readExceptions(file: string): Exceptions {
  const keys: string[] = [];
  const unexplained: string[] = [];
  let explained = false;
  for (const line of existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .map((text) => text.trim())
    : []) {
    if (line === '') explained = false;
    else if (line.startsWith('#')) explained = true;
    else {
      keys.push(line);
      if (!explained) unexplained.push(line);
    }
  }
  if (unexplained.length > 0) {
    throw new Error(`${file}: say in a comment above the line why this is right:\n  ${unexplained.join('\n  ')}`);
  }
  return { file, keys };
}

/** The first exception that a key falls under. */
export function exceptionOf(key: string, { keys }: Exceptions): string | undefined {
  return keys.find((pattern) => (pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern));
}
