module.exports = {
  ...require('../../../../jest.preset.js'),
  displayName: 'compute-monolith-stack',
  rootDir: __dirname,
  globalSetup: require.resolve('../../../../libs/compute/jest.global-setup.js'),
};
