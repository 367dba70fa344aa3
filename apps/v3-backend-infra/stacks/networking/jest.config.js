module.exports = { ...require('../../../../jest.preset.js'), displayName: 'networking-stack', rootDir: __dirname };
