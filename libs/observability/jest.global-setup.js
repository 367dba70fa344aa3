/** Before the tests, as everywhere; and bundles the Lambda functions that the constructs refer to. */
const setUp = require('../../jest.global-setup');
const bundle = require('./scripts/bundle');

module.exports = async () => {
  setUp();
  await bundle();
};
