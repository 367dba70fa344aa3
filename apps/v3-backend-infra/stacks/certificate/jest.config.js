module.exports = { ...require('../../../../jest.preset.js'), displayName: 'certificate-stack', rootDir: __dirname };
