import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of commands of a runbook. */
export interface RunbookBlock {
  /** The file and its line. */
  readonly at: string;
  readonly commands: string;
  /** Why it is not run; undefined for one that is. */
  readonly notRun?: string;
}

export const RUNBOOKS = join(__dirname, '../../../docs/runbooks');
const FENCE = /^ *```(?<info>\S.*)?$/;
const MARKER = /^bash (?:run|not-run="(?<reason>[^"]+)")$/;

/** The runbooks, in the order in which the index names them, the index first. */
export function runbookFiles(): string[] {
  const index = readFileSync(join(RUNBOOKS, 'README.md'), 'utf8');
  return ['README.md', ...[...index.matchAll(/^\d+\. .*\]\((.+\.md)\)/gm)].map(([, file]) => file!)];
}

/**
 * The commands of all runbooks, in order.
 *
 * @throws when a block says neither that it is run nor why not
 */
export function runbookBlocks(): RunbookBlock[] {
  return runbookFiles().flatMap((file) => blocksOf(file, readFileSync(join(RUNBOOKS, file), 'utf8')));
}

/** The commands of one runbook. */
export function blocksOf(file: string, text: string): RunbookBlock[] {
  const blocks: RunbookBlock[] = [];
  let open: { at: string; info: string; lines: string[] } | undefined;
  text.split('\n').forEach((line, index) => {
    const fence = FENCE.exec(line);
    if (!fence) open?.lines.push(line);
    else if (!open) open = { at: `${file}:${index + 1}`, info: fence.groups?.['info'] ?? '', lines: [] };
    else {
      const marker = MARKER.exec(open.info);
      if (!marker) throw new Error(`${open.at}: "${open.info}" says neither "bash run" nor bash not-run="<why not>".`);
      blocks.push({ at: open.at, commands: open.lines.join('\n').trim(), notRun: marker.groups?.['reason'] });
      open = undefined;
    }
  });
  return blocks;
}
