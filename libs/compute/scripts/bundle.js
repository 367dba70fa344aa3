/** Bundles the functions that run the migration; run by the build, and before tests. */
const { join } = require('node:path');
const bundleLambda = require('../../../scripts/bundle-lambda');

const bundle = () =>
  bundleLambda(join(__dirname, '..'), { entryPoint: 'lambda/index.ts', target: 'assets/migration-run/index.js' });

module.exports = bundle;

if (require.main === module) {
  bundle().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
