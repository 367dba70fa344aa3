const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'v3-backend-account',
  rootDir: __dirname,
  roots: ['<rootDir>/src', '<rootDir>/test'],
};
