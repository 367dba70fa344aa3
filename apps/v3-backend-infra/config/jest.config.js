module.exports = { ...require('../../../jest.preset.js'), displayName: 'v3-backend-infra-config', rootDir: __dirname };
