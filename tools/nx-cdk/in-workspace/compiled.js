// @ts-check
'use strict';

const { join } = require('node:path');
const { compile } = require('./compile');

const PROJECT = join(__dirname, '..');

/** Below node_modules, where installed plug-ins are: for others, Nx loads TypeScript in each of its processes. */
const COMPILED = join(PROJECT, '../../node_modules/.nx-cdk');

/**
 * Loads a module of the compiled plug-in, which is compiled first if the sources are not those it was compiled from.
 *
 * @param {string} module path of its source below the plug-in's folder, without an extension
 */
function requireCompiled(module) {
  compile(PROJECT, COMPILED);
  return require(join(COMPILED, module));
}

module.exports = { requireCompiled };
