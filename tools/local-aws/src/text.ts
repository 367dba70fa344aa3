import { readFileSync } from 'node:fs';

/** The last lines of a file, indented; a sentence when there are none. */
export function lastLines(file: string, count: number): string {
  let text = '';
  try {
    text = readFileSync(file, 'utf8').trimEnd();
  } catch {
    return '  (the file does not exist)';
  }
  return text === ''
    ? '  (nothing was written)'
    : text
        .split('\n')
        .slice(-count)
        .map((line) => `  ${line}`)
        .join('\n');
}
