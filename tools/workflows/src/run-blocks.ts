import { type Finding, stepsOf, type Workflow } from './workflow';

/** What a workflow may run. */
export interface KnownCommands {
  /** Names of the scripts in package.json. */
  readonly scripts: ReadonlySet<string>;
  /** The targets of each Nx project, each with the names of its configurations. */
  readonly targets: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
}

/**
 * A word of a command: plain text, and variables within double quotes. Nothing in it is interpreted by the shell, so that no
 * value of an input can become a command, or several words.
 */
const WORD = /^(?:[\w./:=,@+-]|"(?:[\w./:=,@+-]|\$\{[A-Z_][A-Z0-9_]*\}|\$[A-Z_][A-Z0-9_]*)*")+$/;

/**
 * Holds that workflows run nothing but this repository's own commands, which can be tried, and are tested, on any machine:
 * `npm ci`, npm scripts and Nx targets that exist, one on a line, with inputs as quoted variables.
 */
export function checkRunBlocks(workflow: Workflow, known: KnownCommands): Finding[] {
  return stepsOf(workflow).flatMap(({ at, step }) =>
    (step.run ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .flatMap((line) => problemsOf(line, known))
      .map((message) => ({ by: 'run blocks', at, message })),
  );
}

function problemsOf(line: string, known: KnownCommands): string[] {
  if (line.includes('${{')) {
    return [`"${line}" has an expression in a script. Give the value to the step as env, and use "$NAME".`];
  }
  const words = line.split(/\s+/);
  const odd = words.find((word) => !WORD.test(word));
  if (odd !== undefined) {
    return [`"${line}" has shell syntax in ${odd}. Use plain words and quoted variables, and a script for the rest.`];
  }
  const [program, command, ...rest] = words;
  if (line === 'npm ci') return [];
  if (program === 'npm' && command === 'run') return scriptProblems(rest, known);
  if (program === 'npx' && command === 'nx') return nxProblems(rest, known);
  return [`"${line}" is not a command of this repository. Use npm ci, npm run or npx nx.`];
}

function scriptProblems([script = '', separator]: string[], { scripts }: KnownCommands): string[] {
  return [
    ...(scripts.has(script) ? [] : [`There is no script ${script} in package.json.`]),
    ...(separator === undefined || separator === '--'
      ? []
      : [`npm run ${script} takes arguments only after --, not ${separator}.`]),
  ];
}

function nxProblems([command = '', ...args]: string[], known: KnownCommands): string[] {
  const configuration = args.find((arg) => arg.startsWith('--configuration='))?.slice('--configuration='.length);
  if (command === 'run') return taskProblems(args[0] ?? '', configuration, known);
  if (command === 'affected' || command === 'run-many') {
    return targetNames(args).flatMap((target) => somewhereProblems(target, known));
  }
  return [`nx ${command} is not used in workflows. Use nx run, nx affected or nx run-many.`];
}

/** `project:target`, and a configuration that is written out. */
function taskProblems(task: string, configuration: string | undefined, { targets }: KnownCommands): string[] {
  const [project = '', target = '', inTask = configuration] = task.split(':');
  const configurations = targets.get(project)?.get(target);
  if (configurations === undefined) return [`There is no Nx target ${task}.`];
  const isWrittenOut = inTask !== undefined && !inTask.includes('$');
  return isWrittenOut && !configurations.has(inTask) ? [`${project}:${target} has no configuration ${inTask}.`] : [];
}

/** The words after `-t`, up to the next option. */
function targetNames(args: string[]): string[] {
  const after = args.slice(args.indexOf('-t') + 1);
  const end = after.findIndex((arg) => arg.startsWith('-'));
  return args.includes('-t') ? after.slice(0, end === -1 ? undefined : end) : [''];
}

function somewhereProblems(target: string, { targets }: KnownCommands): string[] {
  const exists = [...targets.values()].some((ofProject) => ofProject.has(target));
  return exists ? [] : [`No Nx project has a target ${target === '' ? '(none is given with -t)' : target}.`];
}
