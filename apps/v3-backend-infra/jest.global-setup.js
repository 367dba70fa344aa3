/** Before the tests, as everywhere; and bundles the Lambda functions of the libraries, which the stacks refer to. */
const setUp = require('../../jest.global-setup');
const bundleLambdas = require('../../scripts/bundle-lambdas');

module.exports = async () => {
  setUp();
  await bundleLambdas();
};
