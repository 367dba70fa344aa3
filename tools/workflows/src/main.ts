/** `npm run lint:workflows`: lints the GitHub workflows, and fails if there is any finding. */
import { join } from 'node:path';
import { readKnownCommands } from './known-commands';
import { lintWorkflows } from './lint-workflows';

const WORKSPACE = join(__dirname, '../../..');

async function main(): Promise<number> {
  const known = await readKnownCommands(WORKSPACE);
  const findings = await lintWorkflows(WORKSPACE, known, (line) => console.error(line));
  for (const { by, at, message } of findings) console.error(`${at}: ${message} (${by})`);
  return findings.length === 0 ? 0 : 1;
}

main().then(
  // The project graph leaves workers behind that would keep the process alive.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
