const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'v3-backend-infra',
  rootDir: __dirname,
  globalSetup: require.resolve('./jest.global-setup.js'),
  roots: ['<rootDir>/src', '<rootDir>/scripts', '<rootDir>/test', '<rootDir>/bench', '<rootDir>/e2e'],
};
