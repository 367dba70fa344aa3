/**
 * `npm run ci:summary -- FILE…`: appends Markdown files, for instance reports, to the summary of a GitHub job. A run that
 * ended before it wrote a report has none, which is said.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const summary = process.env['GITHUB_STEP_SUMMARY'];
for (const file of process.argv.slice(2)) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : `There is no ${file}: the run ended before it.\n`;
  if (summary) appendFileSync(summary, `${text}\n`);
  else process.stdout.write(text);
}
