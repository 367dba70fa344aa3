/**
 * `cli.ts check libs/alb` fails if the library's API breaks its last release or the guidelines for construct libraries;
 * `cli.ts baseline libs/alb` makes the API as it is the released one. The library must be built.
 */
import { writeBaseline } from './baseline';
import { problemsOfApi } from './check';

async function main([command, library]: string[]): Promise<void> {
  if (library === undefined) throw new Error('Which library? Give its folder, for example libs/alb.');
  if (command === 'baseline') return writeBaseline(library);
  if (command !== 'check') throw new Error(`${command} is none of the commands check, baseline.`);
  const problems = problemsOfApi(library);
  if (problems.length > 0) throw new Error(problems.join('\n\n'));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
