// @ts-check
'use strict';

const { join, relative, sep } = require('node:path');
const { compile } = require('../../in-workspace/compile');
const { contents, NAMED } = require('../packaging/contents');
const { withModules } = require('./modules');

const PROJECT = join(__dirname, '..');

/** Below node_modules, where installed plug-ins are: for others, Nx loads TypeScript in each of its processes. */
const COMPILED = join(PROJECT, '../../node_modules/.nx-cdk');

/** Through which Nx gets executors and generators, as seen from the lists of these. */
const ENTRIES = relative(COMPILED, require.resolve('./entries')).split(sep).join('/');

/**
 * Loads a module of the compiled plug-in, which is compiled first if the sources are not those it was compiled from.
 *
 * @param {string} module path of its source below the plug-in's folder, without an extension
 */
function requireCompiled(module) {
  const { sources, assets } = contents(PROJECT);
  compile({
    project: PROJECT,
    target: COMPILED,
    files: ['package.json', ...NAMED, ...assets, ...sources],
    changes: Object.fromEntries(NAMED.map((file) => [file, throughEntries])),
    settings: [__filename, require.resolve('./modules'), require.resolve('../packaging/contents')],
  });
  return require(join(COMPILED, module));
}

/**
 * A list of executors or generators whose modules lead to the compiled ones.
 *
 * @param {string} text
 * @returns {string}
 */
function throughEntries(text) {
  return JSON.stringify(
    withModules(JSON.parse(text), (name) => `${ENTRIES}#${name}`),
    null,
    2,
  );
}

module.exports = { requireCompiled };
