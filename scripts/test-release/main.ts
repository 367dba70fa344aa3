/**
 * Releases a copy of this workspace twice into registries on the loopback interface, the second time with a breaking change:
 * `npm run test:release -- --skip=java,go`. Ends with 1 at the first thing that is not as it should be. When it ends, also
 * when it is interrupted, so has all that it started, and nothing is left.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CONSUMERS, selectedConsumers } from '../../tools/packaging/src/consume/options';
import { missingTools, probe } from '../../tools/packaging/src/consume/toolchains';
import { runInGroup } from './process-group';
import { withoutPublishing } from './registries/environment';

async function main(args: readonly string[]): Promise<number> {
  const selected = selectedConsumers(args);
  const problems = selected.flatMap((language) =>
    missingTools(language, probe).map((problem) => `${problem}. To leave it out: --skip=${language}`),
  );
  if (!selected.includes('typescript'))
    problems.push('TypeScript cannot be left out: the app that uses the releases is written in it');
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const skipped = CONSUMERS.filter((language) => !selected.includes(language));
  if (skipped.length > 0) console.log(`skipped: ${skipped.join(', ')}`);

  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'release-test-')));
  try {
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const env = { ...withoutPublishing(process.env), TMPDIR: temporary };
    const script = [...process.execArgv, join(__dirname, 'run.ts'), folder, ...selected];
    return await runInGroup(process.execPath, script, env);
  } finally {
    await remove(folder);
  }
}

/** Nx starts workers in process groups of their own. They end when Nx has ended, and may write one more file meanwhile. */
async function remove(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (attempt === 20) throw error;
      await setTimeout(500);
    }
  }
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
