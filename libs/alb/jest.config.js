module.exports = { ...require('../../jest.preset.js'), displayName: 'alb', rootDir: __dirname };
