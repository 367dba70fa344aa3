/**
 * Compiles the examples in a library's README and docstrings, and translates them into Python, Java, Go and C#:
 * `node scripts/examples.js libs/<layer>`. The library must be built. Fails if one does not compile, or has something
 * that has no counterpart in the other languages.
 */
const { spawnSync } = require('node:child_process');
const { rmSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** Beside the assembly; the packages of other languages would take it up, if it happened to be there. */
const TRANSLATIONS = '.jsii.tabl.json';

function main(root) {
  const rosetta = join(dirname(require.resolve('jsii-rosetta/package.json')), 'bin/jsii-rosetta');
  // Without a directory, jsii-rosetta would install what the examples import; in one batch, they share a program.
  const options = ['--strict', '--batch=1000', '--directory=.'];
  try {
    const { error, status } = spawnSync(process.execPath, [rosetta, 'extract', ...options, root], { stdio: 'inherit' });
    if (error) throw error;
    process.exitCode = status ?? 1;
  } finally {
    rmSync(join(root, TRANSLATIONS), { force: true });
  }
}

main(process.argv[2]);
