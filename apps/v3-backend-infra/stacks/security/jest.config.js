module.exports = { ...require('../../../../jest.preset.js'), displayName: 'security-stack', rootDir: __dirname };
