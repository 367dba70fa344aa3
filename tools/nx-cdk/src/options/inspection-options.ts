import type { OptionKind } from './command-line';
import { flagReader, type Parsed, parseNoOptions, unknownOptions } from './options';

type Given = Readonly<Record<string, unknown>>;

const DIFF_FORMATS = ['text', 'markdown', 'json'] as const;
const DIFF_FAILURES = ['destructive', 'any'] as const;

/** Options of a diff. */
export interface DiffOptions {
  readonly format: (typeof DIFF_FORMATS)[number];
  /** A file to write to instead of the standard output, relative to the workspace. */
  readonly output?: string;
  /** Which differences make the target fail; undefined for none. */
  readonly failOn?: (typeof DIFF_FAILURES)[number];
}

/** Options of a status. */
export interface StatusOptions {
  readonly json: boolean;
  /** A file to write to instead of the standard output, relative to the workspace. */
  readonly output?: string;
  /** Whether CloudFormation is asked what was changed behind its back. */
  readonly drift: boolean;
}

/** Options of a verification: none. */
export type VerifyOptions = Readonly<Record<string, never>>;
/** Options of the doctor. */
export interface DoctorOptions {
  readonly json: boolean;
}

/** What each option of a diff takes. */
export const DIFF_OPTIONS = {
  format: 'text',
  output: 'text',
  failOn: 'text',
} as const satisfies Record<keyof DiffOptions, OptionKind>;

/** What each option of a status takes. */
export const STATUS_OPTIONS = {
  json: 'boolean',
  output: 'text',
  drift: 'boolean',
} as const satisfies Record<keyof StatusOptions, OptionKind>;

/** What each option of the doctor takes. */
export const DOCTOR_OPTIONS = { json: 'boolean' } as const satisfies Record<keyof DoctorOptions, OptionKind>;

/** Validates the options of a diff. */
export function parseDiffOptions({ verbose: _verbose, ...given }: Given): Parsed<DiffOptions> {
  const problems = unknownOptions(given, DIFF_OPTIONS);
  const options = {
    format: readChoice(given, 'format', DIFF_FORMATS, problems) ?? 'text',
    output: readFile(given, problems),
    failOn: readChoice(given, 'failOn', DIFF_FAILURES, problems),
  };
  return { options, problems };
}

/** Validates the options of a status. */
export function parseStatusOptions({ verbose: _verbose, ...given }: Given): Parsed<StatusOptions> {
  const problems = unknownOptions(given, STATUS_OPTIONS);
  const flag = flagReader(given, problems);
  const options = { json: flag('json', false), output: readFile(given, problems), drift: flag('drift', true) };
  return { options, problems };
}

/** What each option of a verification takes. */
export const VERIFY_OPTIONS = {} as const satisfies Record<keyof VerifyOptions, OptionKind>;

/** Validates the options of a verification. */
export function parseVerifyOptions(given: Given): Parsed<VerifyOptions> {
  return { options: {}, problems: parseNoOptions(given) };
}

/** Validates the options of the doctor. */
export function parseDoctorOptions({ verbose: _verbose, ...given }: Given): Parsed<DoctorOptions> {
  const problems = unknownOptions(given, DOCTOR_OPTIONS);
  return { options: { json: flagReader(given, problems)('json', false) }, problems };
}

function readChoice<Choice extends string>(
  given: Given,
  name: string,
  choices: readonly Choice[],
  problems: string[],
): Choice | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const chosen = choices.find((choice) => choice === value);
  if (chosen === undefined) problems.push(`--${name}=${String(value)} must be one of ${choices.join(', ')}.`);
  return chosen;
}

function readFile(given: Given, problems: string[]): string | undefined {
  const value = given['output'];
  if (value === undefined) return undefined;
  if (String(value).trim() === '' || String(value).endsWith('/')) {
    problems.push(`--output=${String(value)} must be the name of a file.`);
  }
  return String(value);
}
