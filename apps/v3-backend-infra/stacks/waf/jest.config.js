module.exports = { ...require('../../../../jest.preset.js'), displayName: 'waf-stack', rootDir: __dirname };
