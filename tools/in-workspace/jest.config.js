const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'in-workspace',
  rootDir: __dirname,
};
