const preset = require('../../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'v3-backend-infra e2e',
  rootDir: __dirname,
  testMatch: ['**/*.e2e.ts'],
  testTimeout: 10 * 60 * 1000,
  globalSetup: require.resolve('./global-setup.ts'),
  globalTeardown: require.resolve('./global-teardown.ts'),
};
