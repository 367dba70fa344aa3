module.exports = { ...require('../../../../jest.preset.js'), displayName: 'secrets-stack', rootDir: __dirname };
