module.exports = { ...require('../../jest.preset.js'), displayName: 'nx-cdk', rootDir: __dirname };
