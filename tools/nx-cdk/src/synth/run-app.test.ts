import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemblyProblems } from '../assembly/assembly';
import { readAssembly } from '../assembly/read-assembly';
import { runApp } from './run-app';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nx-cdk-synth-'));
});

afterEach(() => rmSync(root, { recursive: true }));

/** Runs an app that is this script. */
function synth(script: string, context: object = {}): Promise<void> {
  writeFileSync(join(root, 'app.js'), script);
  return runApp({
    command: 'node app.js',
    cwd: root,
    context: { ...context },
    outdir: join(root, 'out/test'),
    check: (directory) => assemblyProblems(readAssembly(directory)),
  });
}

const writeManifest = (manifest: object) =>
  `require('fs').writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', ${JSON.stringify(JSON.stringify(manifest))});
   require('fs').writeFileSync(process.env.CDK_OUTDIR + '/a.json', process.env.CDK_CONTEXT_JSON);`;
const stack = (environment: string) => ({
  artifacts: {
    a: { type: 'aws:cloudformation:stack', environment, displayName: 'a', properties: { templateFile: 'a.json' } },
  },
});
const good = writeManifest(stack('aws://123456789012/eu-west-1'));

test('the app gets its context, and its assembly takes the place of the one before', async () => {
  await synth(good, { environment: 'one' });
  await synth(good, { environment: 'two' });
  const context = JSON.parse(readFileSync(join(root, 'out/test/a.json'), 'utf8')) as object;
  expect(context).toMatchObject({ environment: 'two', 'aws:cdk:version-reporting': false });
  expect(readdirSync(join(root, 'out'))).toEqual(['test']);
});

test('a context too large for a variable goes through a file', async () => {
  const script = `${good} const fs = require('fs');
    const overflow = JSON.parse(fs.readFileSync(process.env.CONTEXT_OVERFLOW_LOCATION_ENV, 'utf8'));
    fs.writeFileSync(process.env.CDK_OUTDIR + '/length', String(overflow.big.length));`;
  await synth(script, { big: 'x'.repeat(100_000) });
  expect(readFileSync(join(root, 'out/test/length'), 'utf8')).toBe('100000');
});

test('the app keeps enough calls to tell where in the source a construct was made', async () => {
  const script = `${good} require('fs').writeFileSync(process.env.CDK_OUTDIR + '/limit', String(Error.stackTraceLimit));`;
  await synth(script);
  expect(Number(readFileSync(join(root, 'out/test/limit'), 'utf8'))).toBe(50);
});

test('a failing app is reported with what it printed, and the assembly before stays', async () => {
  await synth(good);
  await expect(synth(`console.error('no such environment'); process.exit(3)`)).rejects.toThrow(
    /no such environment[^]*"node app\.js" ended with exit code 3/,
  );
  expect(existsSync(join(root, 'out/test/manifest.json'))).toBe(true);
  expect(readdirSync(join(root, 'out'))).toEqual(['test']);
});

test('a stack without explicit account and region is refused', async () => {
  await expect(synth(writeManifest(stack('aws://unknown-account/unknown-region')))).rejects.toThrow(
    'Stack a has no explicit account and region',
  );
  expect(existsSync(join(root, 'out/test'))).toBe(false);
});

test('lookups that are not answered are refused by name', async () => {
  const missing = { ...stack('aws://123456789012/eu-west-1'), missing: [{ key: 'availability-zones:account=1' }] };
  await expect(synth(writeManifest(missing))).rejects.toThrow(/looks up .*: availability-zones:account=1/);
});
