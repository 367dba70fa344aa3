module.exports = { ...require('../../../../jest.preset.js'), displayName: 'database-stack', rootDir: __dirname };
