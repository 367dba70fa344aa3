/**
 * Releases a copy of this workspace twice into registries on the loopback interface, the second time with a breaking change:
 * `npm run test:release -- --skip=java,go`. Ends with 1 at the first thing that is not as it should be.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NpmRegistry } from '../../tools/packaging/src/consume/npm-registry';
import { CONSUMERS, type Consumer, selectedConsumers } from '../../tools/packaging/src/consume/options';
import { missingTools, probe } from '../../tools/packaging/src/consume/toolchains';
import { type Language } from '../../tools/packaging/src/library';
import { startGo } from './registries/go';
import { startMaven } from './registries/maven';
import { npmAsPublished } from './registries/npm';
import { startPypi } from './registries/pypi';
import type { LoopbackRegistry } from './registries/registry';
import { releaseTwice } from './scenario';

async function main(args: readonly string[]): Promise<void> {
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
  const started: { stop(): Promise<void> }[] = [];
  try {
    await testRelease(folder, selected, started);
    console.log('✔ two releases');
  } finally {
    for (const registry of started) await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param started gets what has to be stopped in the end */
async function testRelease(folder: string, selected: readonly Consumer[], started: { stop(): Promise<void> }[]) {
  const start = async <T extends { stop(): Promise<void> }>(name: string, begin: (home: string) => Promise<T>) => {
    const home = join(folder, name);
    mkdirSync(home);
    const registry = await begin(home);
    started.push(registry);
    return registry;
  };
  const npm = await start('npm', (home) => NpmRegistry.start(home, '@v3-backend'));
  const maven = selected.includes('java') ? await start('maven', startMaven) : undefined;
  const published = new Map<Language, LoopbackRegistry>([['js', npmAsPublished(npm)]]);
  if (selected.includes('python')) published.set('python', await start('pypi', startPypi));
  if (maven) published.set('java', maven);
  if (selected.includes('go')) published.set('go', await startGo(join(folder, 'go')));
  await releaseTwice(folder, { published, npm, maven });
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
