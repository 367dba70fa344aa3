module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'nx-cdk',
  rootDir: __dirname,
  // Suites that deploy load the CDK toolkit first, which takes seconds on a busy machine.
  testTimeout: 30_000,
};
