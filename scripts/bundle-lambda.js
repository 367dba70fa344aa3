/**
 * Bundles a library's Lambda function into one file of its package, which the construct finds from `src` and from `lib`
 * alike.
 *
 * The same sources give the same bytes: names in the bundle are relative to the library, and a bundle that would not
 * change is not written.
 */
const { mkdir, readFile, rename, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { build } = require('esbuild');

/**
 * @param {string} root the library's folder
 * @param {{ entryPoint: string, target: string }} paths below it
 */
async function bundleLambda(root, { entryPoint, target }) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
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
  const file = join(root, target);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === code) return;
  await mkdir(dirname(file), { recursive: true });
  // Tests of several projects may bundle at once; none must see half a file.
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, code);
  await rename(temporary, file);
}

module.exports = bundleLambda;
