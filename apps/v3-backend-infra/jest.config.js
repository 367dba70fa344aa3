const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'v3-backend-infra',
  rootDir: __dirname,
  // The log forwarder's bundle, which its stack refers to.
  globalSetup: require.resolve('../../libs/observability/scripts/bundle.js'),
  roots: ['<rootDir>/src', '<rootDir>/test'],
};
