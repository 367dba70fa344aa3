import type { ExecutorContext } from '@nx/devkit';
import { type AppModel, readAppModel } from '../config/app-model';
import { type OptionKind, readCommandLine } from '../options/command-line';

/** What a target's configuration says; the rest of its options are for the action. */
export interface TargetOptions {
  readonly app: string;
  readonly stack?: string;
  readonly environment?: string;
  readonly [option: string]: unknown;
}

/** The words after the target on the command line, which Nx passes along with the options. */
export type CommandLineWords = readonly string[];

/** The words of the command line, which Nx keeps among the options of a task. */
export const wordsOf = (options: Readonly<Record<string, unknown>>): CommandLineWords =>
  (options['__overrides_unparsed__'] as CommandLineWords | undefined) ?? [];

/** Nx's own additions to the options of a task. */
const NX_OPTIONS = ['__overrides_unparsed__', '_', '$0'];

/** What a target is about. */
export interface Target {
  readonly app: AppModel;
  /** Name of the environment. */
  readonly environment: string;
  /** The module that starts the environment's local endpoint, if it has one. */
  readonly endpoint?: string;
}

/**
 * Reads the app and the environment of a target.
 *
 * @throws when no environment was chosen.
 */
export function readTarget(
  { app: project, environment }: TargetOptions,
  { root, projectsConfigurations }: Pick<ExecutorContext, 'root' | 'projectsConfigurations'>,
): Target {
  const app = readAppModel(root, project, projectsConfigurations.projects);
  const entry = Object.values(app.config.environments).find((known) => known.environment === environment);
  if (environment === undefined || !entry) throw new Error(missingConfiguration(app));
  return { app, environment, endpoint: entry.endpoint };
}

/** The options as they were given, the words of the command line first. */
export function givenOptions(
  target: TargetOptions,
  words: CommandLineWords,
  kinds: Readonly<Record<string, OptionKind>>,
): Record<string, unknown> {
  const { app: _app, stack: _stack, environment: _environment, ...options } = target;
  const configured = Object.entries(options).filter(([name]) => !NX_OPTIONS.includes(name));
  // Nx keeps --verbose for itself and only says so in the environment.
  const verbose = process.env['NX_VERBOSE_LOGGING'] === 'true' ? { verbose: true } : {};
  return { ...verbose, ...Object.fromEntries(configured), ...readCommandLine(words, kinds) };
}

/** What to say when no environment is chosen, or one that does not exist: Nx does not tell the two apart. */
function missingConfiguration({ project, config }: AppModel): string {
  return (
    `No environment of ${project} was chosen, or one that does not exist. ` +
    `Add --configuration=<${Object.keys(config.environments).join('|')}>.`
  );
}
