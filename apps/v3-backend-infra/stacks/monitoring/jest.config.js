module.exports = { ...require('../../../../jest.preset.js'), displayName: 'monitoring-stack', rootDir: __dirname };
