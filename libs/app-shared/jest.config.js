module.exports = { ...require('../../jest.preset.js'), displayName: 'app-shared', rootDir: __dirname };
