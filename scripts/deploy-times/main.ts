import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import bundleLambdas from '../bundle-lambdas';
import { graphOf } from './layout';
import { parseFigures } from '../../tools/nx-cdk/src/duration/figures-file';
import { renderPage } from './page';

const PAGE = join(__dirname, '../../docs/deploy-times.md');
const FIGURES = join(__dirname, '../../apps/v3-backend-infra/deploy-durations.json');

/** Writes the page; with `--check`, only tells whether it is what would be written. */
async function main(check: boolean): Promise<void> {
  process.env['CDK_VALIDATION'] = 'false';
  // The stacks refer to the bundles of the libraries' Lambda functions.
  await bundleLambdas();
  const environment = 'production';
  const measured = parseFigures(readFileSync(FIGURES, 'utf8'), FIGURES);
  const [modular, monolithic] = [graphOf(environment, 'modular'), graphOf(environment, 'monolithic')];
  const text = renderPage(environment, modular, monolithic, measured);
  const page = await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' });
  if (!check) return writeFileSync(PAGE, page);
  if (readFileSync(PAGE, 'utf8') === page) return;
  process.stderr.write('docs/deploy-times.md is not what the model says. Write it anew: npm run deploy-times\n');
  process.exitCode = 1;
}

void main(process.argv.includes('--check'));
