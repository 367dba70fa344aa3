import { spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeUnfinished, unfinishedName } from '../files/unfinished';

/** What to synthesize, and where to. */
export interface AppRun {
  /** The app's command, run in a shell. */
  readonly command: string;
  readonly cwd: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Where the assembly goes; replaced as a whole, and only by one that is complete. */
  readonly outdir: string;
  /** Problems of the assembly in a directory. */
  readonly check: (directory: string) => readonly string[];
}

/** More than this does not fit into one environment variable on every platform. */
const CONTEXT_LIMIT = 30_000;

/**
 * The CDK records where each construct was made, but sees only as far up the calls as V8 keeps them: the 10 calls that are
 * its default often end within aws-cdk-lib.
 */
const CALLS_TO_KEEP = '--stack-trace-limit=50';

/** Always the same template for the same code, with the paths of constructs for people to read. */
const CONTEXT = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': false,
};

/**
 * Runs a CDK app the way the CDK CLI does.
 *
 * @throws with what the app printed when it fails, and with every problem when its assembly must not be shipped.
 */
export async function runApp({ command, cwd, context, outdir, check }: AppRun): Promise<void> {
  mkdirSync(dirname(outdir), { recursive: true });
  removeUnfinished(outdir);
  const unfinished = mkdtempSync(`${unfinishedName(outdir)}-`);
  const overflow = mkdtempSync(join(tmpdir(), 'nx-cdk-context-'));
  try {
    await run(command, cwd, {
      ...process.env,
      CDK_OUTDIR: unfinished,
      NODE_OPTIONS: [CALLS_TO_KEEP, process.env['NODE_OPTIONS']].filter(Boolean).join(' '),
      // The validation has a target of its own; in every synth it would cost seconds and much memory.
      CDK_VALIDATION: 'false',
      ...contextVariables({ ...context, ...CONTEXT }, join(overflow, 'context.json')),
    });
    const problems = check(unfinished);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    rmSync(outdir, { recursive: true, force: true });
    renameSync(unfinished, outdir);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    rmSync(overflow, { recursive: true, force: true });
  }
}

function contextVariables(context: object, overflowFile: string): Record<string, string> {
  const text = JSON.stringify(context);
  if (text.length <= CONTEXT_LIMIT) return { CDK_CONTEXT_JSON: text };
  writeFileSync(overflowFile, text);
  return { CDK_CONTEXT_JSON: '{}', CONTEXT_OVERFLOW_LOCATION_ENV: overflowFile };
}

function run(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const output: string[] = [];
    const child = spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      const ended = code === null ? `was ended by ${signal}` : `ended with exit code ${code}`;
      reject(new Error(`${output.join('').trim()}\n\nThe app could not be synthesized: "${command}" ${ended}.`.trim()));
    });
  });
}
