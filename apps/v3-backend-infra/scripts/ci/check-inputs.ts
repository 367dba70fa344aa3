/**
 * `npm run ci:check-deploy-inputs`, `npm run ci:check-delete-inputs`: what a workflow runs before any job that gets
 * credentials. Prints every problem and fails, or hands the checked inputs to later jobs.
 */
import { appendFileSync } from 'node:fs';
import { checkDeleteInputs, checkDeployInputs } from './inputs';

const CHECKS = new Map([
  ['deploy', checkDeployInputs],
  ['delete', checkDeleteInputs],
]);

function main(): number {
  const check = CHECKS.get(process.argv[2] ?? '');
  if (check === undefined) {
    console.error(`Usage: check-inputs <${[...CHECKS.keys()].join('|')}>`);
    return 2;
  }
  const { outputs, problems } = check(process.env);
  if (problems.length > 0) {
    console.error(`The inputs are not accepted:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    return 1;
  }
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  process.stdout.write(lines.join(''));
  if (process.env['GITHUB_OUTPUT']) appendFileSync(process.env['GITHUB_OUTPUT'], lines.join(''));
  return 0;
}

process.exitCode = main();
