module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'observability',
  rootDir: __dirname,
  globalSetup: require.resolve('./jest.global-setup.js'),
};
