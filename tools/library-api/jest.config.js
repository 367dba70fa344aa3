module.exports = { ...require('../../jest.preset.js'), displayName: 'library-api', rootDir: __dirname };
