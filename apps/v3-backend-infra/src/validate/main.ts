import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT } from 'aws-cdk-lib/cx-api';
import { composeBackend } from '../backend';
import { configOf, type Variant, VARIANTS } from '../variants';
import { summarize, type VariantOutcome } from './summary';
import { validateApp } from './validate-app';

const { context } = JSON.parse(readFileSync(join(__dirname, '../../cdk.json'), 'utf8')) as { context: object };

/** Validates every way to run the backend; in one process, since starting the rules' engine takes longest. */
function main(): void {
  const { ok, text } = summarize(VARIANTS.map(validate));
  console.log(text);
  process.exitCode = ok ? 0 : 1;
}

function validate(variant: Variant): VariantOutcome {
  const outdir = mkdtempSync(join(tmpdir(), 'v3-backend-validate-'));
  try {
    const config = configOf(variant);
    const app = new App({
      outdir,
      analyticsReporting: false,
      stackTraces: false,
      context: { ...context, [FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT]: false },
    });
    composeBackend(app, config);
    return { variant, account: config.account, region: config.region, ...validateApp(app) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

main();
