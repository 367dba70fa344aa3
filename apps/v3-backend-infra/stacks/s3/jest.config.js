module.exports = { ...require('../../../../jest.preset.js'), displayName: 's3-stack', rootDir: __dirname };
