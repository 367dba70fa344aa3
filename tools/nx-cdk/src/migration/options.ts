import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OptionKind } from '../options/command-line';
import { type Parsed, readList, unknownOptions } from '../options/options';

/** Options of `plan-migration`. */
export interface MigrationOptions {
  /** CloudFormation names of the deployed stacks to migrate from. */
  readonly from: readonly string[];
  /** What is to become what, as typed: `[STACK/]OLD` and `STACK/NEW`. */
  readonly map: readonly (readonly [from: string, to: string])[];
}

/** What each option takes. */
export const MIGRATION_OPTIONS = { from: 'text', map: 'text', verbose: 'boolean' } as const satisfies Record<
  string,
  OptionKind
>;

/** Validates the options of `plan-migration`. A mapping file is relative to the working directory. */
export function parseMigrationOptions(given: Readonly<Record<string, unknown>>): Parsed<MigrationOptions> {
  const problems = unknownOptions(given, MIGRATION_OPTIONS);
  const from = readList(given, 'from', problems);
  if (given['from'] === undefined) {
    problems.push(
      '--from=STACK is missing: the CloudFormation name of the stack to migrate from, or several with commas.',
    );
  }
  const map = readMap(given, problems);
  return { options: { from: [...new Set(from)], map }, problems };
}

function readMap(given: Readonly<Record<string, unknown>>, problems: string[]): [string, string][] {
  if (String(given['map'] ?? '').endsWith('.json')) return readMapFile(String(given['map']), problems);
  return readList(given, 'map', problems).flatMap((entry): [string, string][] => {
    const [from = '', to = '', ...more] = entry.split('=');
    if (from !== '' && to.includes('/') && more.length === 0) return [[from, to]];
    problems.push(`--map=${entry} must be OLD=STACK/NEW: a logical id, and what it is to become.`);
    return [];
  });
}

function readMapFile(name: string, problems: string[]): [string, string][] {
  const path = resolve(name);
  const wrong = (text: string) => {
    problems.push(`--map=${name} ${text}`);
    return [];
  };
  if (!existsSync(path)) return wrong('does not exist.');
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return wrong(`is not valid JSON: ${(error as Error).message}`);
  }
  const entries = typeof content === 'object' && content !== null ? Object.entries(content as object) : [];
  if (!entries.every(([, to]) => typeof to === 'string' && to.includes('/'))) {
    return wrong('must be an object from old logical ids to STACK/NEW.');
  }
  return entries as [string, string][];
}
