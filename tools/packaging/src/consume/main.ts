/** Uses the packages from an app in each language, as others would: `npm run test:languages -- --skip=go,java`. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConsumerApp, type Place } from './app';
import { outcomeOf, type Told } from './course';
import { go } from './go';
import { java } from './java';
import { type Consumer, CONSUMERS, selectedConsumers } from './options';
import { type Outcome, problemsOf, timesOf } from './outcome';
import { python } from './python';
import { missingTools, probe } from './toolchains';
import { TypeScriptApp } from './typescript';
import { makePackages, synthesize, WORKSPACE } from './workspace';

const APPS: Record<Consumer, ConsumerApp> = { typescript: new TypeScriptApp(), python, java, go };
const STACK = 'TicketShop';

async function main(args: readonly string[]): Promise<void> {
  const selected = selectedConsumers(args);
  const skipped = CONSUMERS.filter((language) => !selected.includes(language));
  if (skipped.length > 0) console.log(`skipped: ${skipped.join(', ')}`);
  const outcomes: Outcome[] = [];
  // One after the other: each of them keeps two processors busy.
  for (const language of selected) outcomes.push(await use(language));
  console.log(`\n${timesOf(outcomes).join('\n')}\n`);
  const problems = problemsOf(outcomes);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  console.log(`✔ ${selected.join(', ')}: one template`);
}

/** Makes the packages of a language, installs the app that uses them, and synthesizes it. */
async function use(language: Consumer): Promise<Outcome> {
  const missing = missingTools(language, probe);
  if (missing.length > 0) {
    return { language, steps: [], error: `${missing.join('; ')}. To leave it out: --skip=${language}` };
  }
  const app = APPS[language];
  const root = mkdtempSync(join(tmpdir(), `consumer-${language}-`));
  const place: Place = { folder: join(root, 'app'), work: join(root, 'work') };
  cpSync(join(WORKSPACE, 'apps/consumers', language), place.folder, { recursive: true });
  mkdirSync(place.work);
  const course = async ({ step, synthesized }: Told) => {
    await step('package', () => makePackages(app.packages));
    await step('install', () => app.install(place));
    synthesized(await step('synthesize', () => synthesize(place.folder, STACK, app.environment?.(place))));
    for (const [name, further] of Object.entries(app.further ?? {})) await step(name, () => further(place));
  };
  const cleanUp = async () => {
    try {
      await app.cleanUp?.(place);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  };
  return outcomeOf(language, course, cleanUp);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
