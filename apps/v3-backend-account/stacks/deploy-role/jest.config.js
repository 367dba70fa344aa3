module.exports = { ...require('../../../../jest.preset.js'), displayName: 'deploy-role-stack', rootDir: __dirname };
