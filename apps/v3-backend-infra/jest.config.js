const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'v3-backend-infra',
  rootDir: __dirname,
  // The stacks refer to the bundles of the libraries' Lambda functions.
  globalSetup: require.resolve('../../scripts/bundle-lambdas.js'),
  roots: ['<rootDir>/src', '<rootDir>/scripts', '<rootDir>/test', '<rootDir>/bench', '<rootDir>/e2e'],
};
