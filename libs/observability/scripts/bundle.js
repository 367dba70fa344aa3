/**
 * Bundles the log forwarder's Lambda function into `assets/log-forwarder/index.js`, which the package contains and the
 * construct finds from `src` and from `lib` alike. Run by the build, and by Jest as a global setup.
 *
 * The same sources give the same bytes: names in the bundle are relative to the library, and a bundle that would not
 * change is not written.
 */
const { mkdir, readFile, rename, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { build } = require('esbuild');

const root = join(__dirname, '..');
const target = join(root, 'assets', 'log-forwarder', 'index.js');

async function bundle() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['lambda/index.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    charset: 'utf8',
    // The Lambda runtime brings the SDK.
    external: ['@aws-sdk/*'],
    // Settings of the workspace do not end up in the package.
    tsconfigRaw: '{}',
    logLevel: 'warning',
  });
  const code = outputFiles[0].text;
  if ((await readFile(target, 'utf8').catch(() => undefined)) === code) return;
  await mkdir(dirname(target), { recursive: true });
  // Tests of several projects may bundle at once; none must see half a file.
  const temporary = join(root, 'assets', `.${process.pid}.tmp`);
  await writeFile(temporary, code);
  await rename(temporary, target);
}

module.exports = bundle;

if (require.main === module) {
  bundle().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
