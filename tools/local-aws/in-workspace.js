// @ts-check
'use strict';

// The main module: the sources, compiled if they are not those that were compiled before. For TypeScript, Nx would have to be
// told how to load it, which takes longer than all that a deployment with nothing to do needs otherwise.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { compile } = require('../in-workspace/compile');

const project = join(__dirname, 'src');
const target = join(__dirname, 'dist');

compile({
  project,
  target,
  files: readdirSync(project).filter((file) => /(?<!\.test)\.ts$/.test(file)),
  settings: [__filename],
});

module.exports = require(join(target, 'index.js'));
