module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'compute',
  rootDir: __dirname,
  globalSetup: require.resolve('./scripts/bundle.js'),
};
