module.exports = { ...require('../../../../jest.preset.js'), displayName: 'app-shared-stack', rootDir: __dirname };
