module.exports = {
  ...require('../../../../jest.preset.js'),
  displayName: 'log-forwarder-stack',
  rootDir: __dirname,
  globalSetup: require.resolve('../../../../libs/observability/jest.global-setup.js'),
};
