import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Begins the comment, by which a later run finds it. */
export const MARKER = '<!-- v3-backend: what a deployment would change -->';
/** GitHub takes 65,536 characters. */
const LONGEST = 60_000;

/**
 * The comment of a pull request: all Markdown files below a folder, in the order of their paths.
 *
 * The files come from code of the pull request, so they are data: nobody is notified by what they mention, and they
 * cannot be longer than a comment may be.
 */
export function commentBody(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .sort();
  if (files.length === 0) throw new Error(`There is no Markdown file in ${folder}.`);
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  const silent = text.replaceAll('@', '@\u200b').replaceAll('<!--', '&lt;!--');
  const cut =
    silent.length <= LONGEST ? silent : `${silent.slice(0, LONGEST)}\n\n… (cut; all of it is in the artifacts)`;
  return `${MARKER}\n${cut}\n`;
}
