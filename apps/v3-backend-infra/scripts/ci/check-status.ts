/**
 * `npm run ci:check-status -- FILE`: reads what `status --json --output=FILE` wrote, and fails if the environment differs in
 * anything from what the code and CloudFormation say. What differs is printed as Markdown, and is added to the job's summary.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import type { AppStatus } from '@v3-backend/nx-cdk';
import { differencesOf } from './differences';

function main(file: string | undefined): number {
  if (file === undefined) {
    console.error('Usage: npm run ci:check-status -- FILE');
    return 2;
  }
  const status = JSON.parse(readFileSync(file, 'utf8')) as AppStatus;
  const differences = differencesOf(status);
  const lines =
    differences.length === 0
      ? ['Everything is as it should be.']
      : differences.map((text) => `- ${text.replaceAll('\n', '\n  ')}`);
  const text = [`## ${status.environment}`, '', ...lines, ''].join('\n');
  process.stdout.write(text);
  if (process.env['GITHUB_STEP_SUMMARY']) appendFileSync(process.env['GITHUB_STEP_SUMMARY'], `${text}\n`);
  return differences.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv[2]);
