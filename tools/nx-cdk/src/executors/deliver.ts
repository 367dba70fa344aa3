import { relative, resolve } from 'node:path';
import { writeWhole } from '../files/write-whole';

/** Prints a result, or writes it to the file that was asked for. */
export function deliver(
  text: string,
  output: string | undefined,
  workspaceRoot: string,
  say: (line: string) => void,
): void {
  if (output === undefined) return say(text);
  const file = resolve(workspaceRoot, output);
  writeWhole(file, text.endsWith('\n') ? text : `${text}\n`);
  say(`Written to ${relative(workspaceRoot, file)}`);
}
