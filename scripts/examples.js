/**
 * Compiles the examples in the libraries' READMEs and docstrings, and translates them into Python, Java, Go and C#:
 * `node scripts/examples.js`, or those of some libraries: `node scripts/examples.js libs/<layer>…`. The libraries must be
 * built. Fails if an example does not compile, or has something that has no counterpart in the other languages.
 */
const { spawnSync } = require('node:child_process');
const { readdirSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** Beside the assembly; the packages of other languages would take it up, if it happened to be there. */
const TRANSLATIONS = '.jsii.tabl.json';

function main(roots) {
  const rosetta = join(dirname(require.resolve('jsii-rosetta/package.json')), 'bin/jsii-rosetta');
  // Without a directory, jsii-rosetta would install what the examples import. In one batch, all share a program: the types of
  // the CDK, which cost most of the time, are read once.
  const options = ['--strict', '--batch=1000', '--directory=.'];
  try {
    const { error, status } = spawnSync(process.execPath, [rosetta, 'extract', ...options, ...roots], {
      stdio: 'inherit',
    });
    if (error) throw error;
    process.exitCode = status ?? 1;
  } finally {
    for (const root of roots) rmSync(join(root, TRANSLATIONS), { force: true });
  }
}

const named = process.argv.slice(2);
main(named.length > 0 ? named : readdirSync('libs').map((name) => join('libs', name)));
