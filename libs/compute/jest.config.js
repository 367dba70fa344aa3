module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'compute',
  rootDir: __dirname,
  globalSetup: require.resolve('./jest.global-setup.js'),
};
