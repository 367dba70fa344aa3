module.exports = {
  ...require('../../../../jest.preset.js'),
  displayName: 'compute-stack',
  rootDir: __dirname,
  globalSetup: require.resolve('../../../../libs/compute/jest.global-setup.js'),
};
