const preset = require('../../jest.preset.js');

const [typescript, compile] = Object.entries(preset.transform)[0];

module.exports = {
  ...preset,
  displayName: 'nx-cdk',
  rootDir: __dirname,
  // Suites that deploy load the CDK toolkit first, which takes seconds on a busy machine.
  testTimeout: 30_000,
  // age-encryption and what it needs are ES modules, which Node can require and Jest cannot.
  transform: { [typescript]: compile, '/node_modules/(age-encryption|@noble|@scure)/.*\\.js$': compile },
  transformIgnorePatterns: ['/node_modules/(?!(age-encryption|@noble|@scure)/)'],
};
