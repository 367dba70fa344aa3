import type { OptionKind } from './command-line';

/** Options of a deploy. */
export interface DeployOptions {
  /** Value of the CloudFormation parameter `ImageTag`; undefined keeps the deployed one. */
  readonly imageTag?: string;
  readonly infraOnly: boolean;
  readonly dryRun: boolean;
  /** The most stacks shipped at once. */
  readonly concurrency: number;
  readonly force: boolean;
  /** Ship stacks whose resources were changed behind CloudFormation's back, and bring those back. */
  readonly revertDrift: boolean;
  readonly continueOnError: boolean;
  /** Logical ids of stateful resources that may be replaced or removed, names of removed stacks that may be deleted. */
  readonly allowDestructive: readonly string[];
  /** Hold certificates until their hosted zone is delegated. */
  readonly dnsGate: boolean;
  /** How long to wait for a delegation, in minutes; undefined does not wait. */
  readonly waitForDns?: number;
  readonly verbose: boolean;
}

/** Options of a destroy. */
export interface DestroyOptions {
  /** The environment's name, typed as confirmation. */
  readonly confirm?: string;
  /** The environment's name once more, if it is protected; names of removed stacks to delete, too. */
  readonly allowDestructive: readonly string[];
  /** The most stacks deleted at once. */
  readonly concurrency: number;
  readonly continueOnError: boolean;
  readonly verbose: boolean;
}

/** Options of a rollback. */
export interface RollbackOptions {
  /** Logical ids of failed resources to leave as they are. */
  readonly skipResources: readonly string[];
  readonly verbose: boolean;
}

/** Options as given, and every problem with them. */
export interface Parsed<T> {
  readonly options: T;
  readonly problems: readonly string[];
}

type Given = Readonly<Record<string, unknown>>;

/** What each option of a deploy takes. */
export const DEPLOY_OPTIONS = {
  imageTag: 'text',
  infraOnly: 'boolean',
  dryRun: 'boolean',
  concurrency: 'text',
  force: 'boolean',
  revertDrift: 'boolean',
  continueOnError: 'boolean',
  allowDestructive: 'text',
  dnsGate: 'boolean',
  waitForDns: 'text',
  verbose: 'boolean',
} as const satisfies Record<keyof DeployOptions, OptionKind>;

/** What each option of a destroy takes. */
export const DESTROY_OPTIONS = {
  confirm: 'text',
  allowDestructive: 'text',
  concurrency: 'text',
  continueOnError: 'boolean',
  verbose: 'boolean',
} as const satisfies Record<keyof DestroyOptions, OptionKind>;

/** What each option of a rollback takes. */
export const ROLLBACK_OPTIONS = {
  skipResources: 'text',
  verbose: 'boolean',
} as const satisfies Record<keyof RollbackOptions, OptionKind>;

/** A tag, or the digest of an image in its place. */
const IMAGE_TAG = /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|sha256:[0-9a-f]{64})$/;

/** Why a text is no image tag, as the end of a sentence that begins with it; undefined if it is one. */
export function imageTagProblem(imageTag: string): string | undefined {
  if (IMAGE_TAG.test(imageTag)) return undefined;
  return (
    'is not a valid image tag. Use 1 to 128 letters, digits, "_", "." or "-", the first one a letter, digit or "_"; ' +
    'or a digest, sha256: and 64 hexadecimal digits.'
  );
}

/** Validates the options of a deploy. */
export function parseDeployOptions(given: Given): Parsed<DeployOptions> {
  const problems = unknownOptions(given, DEPLOY_OPTIONS);
  const flag = flagReader(given, problems);
  const imageTag = given['imageTag'] === undefined ? undefined : String(given['imageTag']);
  const problem = imageTag === undefined ? undefined : imageTagProblem(imageTag);
  if (problem !== undefined) problems.push(`--imageTag=${imageTag} ${problem}`);
  const options = {
    imageTag,
    infraOnly: flag('infraOnly', false),
    dryRun: flag('dryRun', false),
    concurrency: readConcurrency(given, problems),
    force: flag('force', false),
    revertDrift: flag('revertDrift', false),
    continueOnError: flag('continueOnError', true),
    allowDestructive: readList(given, 'allowDestructive', problems),
    dnsGate: flag('dnsGate', true),
    waitForDns: readMinutes(given, 'waitForDns', problems),
    verbose: flag('verbose', false),
  };
  if (!options.dnsGate && options.waitForDns !== undefined) {
    problems.push(`--waitForDns=${options.waitForDns} has no effect with --dnsGate=false. Leave one of them out.`);
  }
  return { options, problems };
}

/** Validates the options of a destroy. */
export function parseDestroyOptions(given: Given): Parsed<DestroyOptions> {
  const problems = unknownOptions(given, DESTROY_OPTIONS);
  const flag = flagReader(given, problems);
  const text = (name: string) => (given[name] === undefined ? undefined : String(given[name]));
  const options = {
    confirm: text('confirm'),
    allowDestructive: readList(given, 'allowDestructive', problems),
    concurrency: readConcurrency(given, problems),
    continueOnError: flag('continueOnError', true),
    verbose: flag('verbose', false),
  };
  return { options, problems };
}

/** Validates the options of a rollback. */
export function parseRollbackOptions(given: Given): Parsed<RollbackOptions> {
  const problems = unknownOptions(given, ROLLBACK_OPTIONS);
  const flag = flagReader(given, problems);
  const options = {
    skipResources: readList(given, 'skipResources', problems),
    verbose: flag('verbose', false),
  };
  return { options, problems };
}

/** Problems of a command that takes no options; Nx's own `--verbose` is none. */
export function parseNoOptions({ verbose: _verbose, ...given }: Given): string[] {
  return unknownOptions(given, {});
}

/** What is wrong with options that are none. */
export function unknownOptions(given: Given, known: Readonly<Record<string, OptionKind>>): string[] {
  const names = Object.keys(known).map((name) => `--${name}`);
  const allowed = names.length === 0 ? 'There are none.' : `The options are ${names.join(', ')}.`;
  return Object.keys(given)
    .filter((name) => !(name in known))
    .map((name) => `${name.startsWith('"') ? name : `--${name}`} is not an option. ${allowed}`);
}

/** Reads options that are true or false; what is neither is added to the problems. */
export function flagReader(given: Given, problems: string[]): (name: string, otherwise: boolean) => boolean {
  return (name, otherwise) => {
    const value = given[name];
    if (value === undefined) return otherwise;
    if (!['true', 'false'].includes(String(value))) problems.push(`--${name}=${value} must be true or false.`);
    return String(value) === 'true';
  };
}

const CONCURRENCY = 4;

function readConcurrency(given: Given, problems: string[]): number {
  const value = given['concurrency'];
  if (value === undefined) return CONCURRENCY;
  const number = String(value).trim() === '' ? Number.NaN : Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 32) return number;
  problems.push(`--concurrency=${value} must be a whole number from 1 to 32.`);
  return CONCURRENCY;
}

const MINUTES_OF_A_DAY = 1440;

function readMinutes(given: Given, name: string, problems: string[]): number | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const minutes = String(value).trim() === '' ? Number.NaN : Number(value);
  if (minutes > 0 && minutes <= MINUTES_OF_A_DAY) return minutes;
  problems.push(`--${name}=${String(value)} must be a number of minutes, more than 0, at most ${MINUTES_OF_A_DAY}.`);
  return undefined;
}

/** Names separated by commas. */
export function readList(given: Given, name: string, problems: string[]): string[] {
  if (given[name] === undefined) return [];
  const names = String(given[name])
    .split(',')
    .map((part) => part.trim());
  if (names.every((part) => part !== '')) return names;
  problems.push(`--${name}=${String(given[name])} must be names separated by commas.`);
  return [];
}
