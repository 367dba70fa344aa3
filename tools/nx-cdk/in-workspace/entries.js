// @ts-check
'use strict';

// Executors and generators, by the names that they have in their lists. Nx's daemon may have loaded the plug-in long ago, so
// they are compiled, if need be, when they are used.
const { requireCompiled } = require('./compiled');
const { withModules } = require('./modules');

for (const listed of [require('../executors.json'), require('../generators.json')]) {
  withModules(listed, (name, module) => {
    const [path, member = 'default'] = /** @type {[string, string?]} */ (module.split('#'));
    Object.defineProperty(exports, name, { enumerable: true, get: () => requireCompiled(path)[member] });
    return module;
  });
}
