// @ts-check
'use strict';

const { readdirSync } = require('node:fs');
const { basename, extname, join, relative, sep } = require('node:path');

/** Files beside the sources that Nx reads by their names. */
const NAMED = ['executors.json', 'generators.json'];

/**
 * What of a folder of sources belongs to the plug-in: sources to compile, and assets, which are schemas and templates of
 * generators. Other data is for tests.
 *
 * @param {string} project folder of the plug-in.
 * @returns {{ sources: string[], assets: string[] }} paths below the folder.
 */
function contents(project) {
  const sources = [];
  const assets = [];
  for (const entry of readdirSync(join(project, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = relative(project, join(entry.parentPath, entry.name));
    if (file.split(sep)[1] === 'testing' || file.endsWith('.test.ts')) continue;
    if (extname(file) === '.ts') sources.push(file);
    else if (extname(file) !== '.json' || basename(file) === 'schema.json') assets.push(file);
  }
  return { sources, assets };
}

module.exports = { NAMED, contents };
