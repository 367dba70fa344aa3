/** Bundles the log forwarder's function; run by the build, and before tests. */
const { join } = require('node:path');
const bundleLambda = require('../../../scripts/bundle-lambda');

const bundle = () =>
  bundleLambda(join(__dirname, '..'), { entryPoint: 'lambda/index.ts', target: 'assets/log-forwarder/index.js' });

module.exports = bundle;

if (require.main === module) {
  bundle().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
