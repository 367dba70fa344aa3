module.exports = { ...require('../../../../jest.preset.js'), displayName: 'github-oidc-stack', rootDir: __dirname };
