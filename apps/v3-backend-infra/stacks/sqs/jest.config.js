module.exports = { ...require('../../../../jest.preset.js'), displayName: 'sqs-stack', rootDir: __dirname };
