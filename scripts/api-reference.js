/**
 * Writes a library's API.md from its jsii assembly: `node scripts/api-reference.js libs/<layer>`. The library must be
 * built. With `--check`, it writes nothing and fails if the file is not what it would write.
 */
const { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } = require('node:fs/promises');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { dirname, join, relative, resolve } = require('node:path');
const { Documentation, Language } = require('jsii-docgen');

/** A large assembly is compressed: its `.jsii` only refers to the other file. */
const ASSEMBLY_FILES = ['.jsii', '.jsii.gz'];

/**
 * Markdown of the public API of a library, for TypeScript.
 *
 * jsii-docgen looks for the assemblies that a library refers to only below the library, where npm puts none of a
 * workspace's. So it gets a folder with all of them (https://github.com/cdklabs/jsii-docgen/issues/1031).
 *
 * @param {string} root the library's folder
 */
async function apiReference(root) {
  const { name, dependencies } = JSON.parse(await readFile(join(root, '.jsii'), 'utf8'));
  const require = createRequire(join(root, 'package.json'));
  const assemblies = await mkdtemp(join(tmpdir(), 'api-reference-'));
  try {
    await copyAssembly(root, join(assemblies, name));
    for (const dependency of Object.keys(dependencies)) {
      await copyAssembly(dirname(require.resolve(`${dependency}/package.json`)), join(assemblies, dependency));
    }
    const documentation = await Documentation.forAssembly(name, assemblies);
    const markdown = await documentation.toMarkdown({ language: Language.TYPESCRIPT, allSubmodules: true });
    return markdown.render();
  } finally {
    await rm(assemblies, { recursive: true });
  }
}

async function copyAssembly(from, to) {
  await mkdir(to, { recursive: true });
  for (const file of ASSEMBLY_FILES) {
    await copyFile(join(from, file), join(to, file)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

async function main(root, option) {
  const file = join(root, 'API.md');
  const markdown = await apiReference(root);
  if (option !== '--check') return writeFile(file, markdown);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === markdown) return;
  console.error(`${relative('', file)} is not the library's API as it is now. Run npm run docs, and commit the file.`);
  process.exitCode = 1;
}

main(resolve(process.argv[2]), process.argv[3]);
