module.exports = { ...require('../../../../jest.preset.js'), displayName: 'alb-stack', rootDir: __dirname };
