// @ts-check
'use strict';

// The plug-in's main module in this workspace; the published package has src/index.js.
const { requireCompiled } = require('./compiled');

module.exports = requireCompiled('src/index');
