module.exports = { ...require('../../../../jest.preset.js'), displayName: 'hosted-zone-stack', rootDir: __dirname };
