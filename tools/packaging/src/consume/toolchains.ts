import { spawnSync } from 'node:child_process';
import { type Consumer } from './options';

interface Tool {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Finds the version in what the program prints. */
  readonly version: RegExp;
  readonly minimum: readonly [major: number, minor: number];
}

const JAVA = { name: 'Java', program: 'java', args: ['-version'], version: /version "(\d+)(?:\.(\d+))?/ };
const MAVEN = { name: 'Maven', program: 'mvn', args: ['--version'], version: /Maven (\d+)\.(\d+)/ };
const GO = { name: 'Go', program: 'go', args: ['version'], version: /go(\d+)\.(\d+)/ };
const PYTHON = { name: 'Python', program: 'python3', args: ['--version'], version: /Python (\d+)\.(\d+)/ };

/** What has to be installed, beside Node. From 1.21 on, Go fetches the newer version that a module asks for. */
const TOOLS: Record<Consumer, readonly Tool[]> = {
  typescript: [],
  python: [{ ...PYTHON, minimum: [3, 10] }],
  java: [
    { ...JAVA, minimum: [17, 0] },
    { ...MAVEN, minimum: [3, 6] },
  ],
  go: [{ ...GO, minimum: [1, 21] }],
};

/** What a program prints, or undefined if it cannot be started. */
export type Probe = (program: string, args: readonly string[]) => string | undefined;

/** A sentence for each tool of a language that is missing or too old. */
export function missingTools(language: Consumer, probe: Probe): string[] {
  return TOOLS[language].flatMap(({ name, program, args, version, minimum }) => {
    const needed = `${name} ${minimum.join('.')} or newer is needed`;
    const printed = probe(program, args);
    if (printed === undefined) return [`${needed}, and there is no ${program}`];
    const [major = 0, minor = 0] = (version.exec(printed) ?? []).slice(1).map((number) => Number(number ?? 0));
    const isEnough = major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
    return isEnough ? [] : [`${needed}, and this is ${major}.${minor}`];
  });
}

/** Starts the program. */
export const probe: Probe = (program, args) => {
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return error ? undefined : stdout + stderr;
};
