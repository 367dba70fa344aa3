/** `cli.ts version [--dryRun]`, `cli.ts publish [--dryRun] [--skip=java,dotnet]`. */
import { parseArgs } from 'node:util';
import { publish } from './publish';
import { version } from './version';

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { dryRun: { type: 'boolean', default: false }, skip: { type: 'string', default: '' } },
  });
  const [command] = positionals;
  if (command === 'version') return version(values);
  if (command === 'publish') return publish({ ...values, skip: values.skip.split(',').filter((name) => name !== '') });
  throw new Error(`${command} is none of the commands version, publish.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
