module.exports = { ...require('../../../../jest.preset.js'), displayName: 'compute-stack', rootDir: __dirname };
