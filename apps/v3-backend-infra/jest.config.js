const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'v3-backend-infra',
  rootDir: __dirname,
  roots: ['<rootDir>/src', '<rootDir>/test'],
};
