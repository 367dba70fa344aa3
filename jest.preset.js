// Unit tests read the libraries' sources through the paths of tsconfig.base.json, so that a test needs no build.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const { paths } = JSON.parse(readFileSync(join(__dirname, 'tsconfig.base.json'), 'utf8')).compilerOptions;

/** `@scope/stacks/*` -> `^@scope/stacks/(.*)$`, mapped to the file below the workspace root. */
const moduleNameMapper = Object.fromEntries(
  Object.entries(paths).map(([alias, [file]]) => [
    `^${alias.replace('*', '(.*)')}$`,
    join(__dirname, file.replace('*', '$1')),
  ]),
);

// By its package.json, the plug-in leads to what is compiled of it.
moduleNameMapper['^@v3-backend/nx-cdk$'] = join(__dirname, 'tools/nx-cdk/src/index.ts');

module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/lib/'],
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/'],
  transform: {
    '^.+\\.[cm]?ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper,
  globalSetup: join(__dirname, 'jest.global-setup.js'),
  setupFiles: [join(__dirname, 'jest.setup.js')],
  coverageDirectory: '<rootDir>/coverage',
};
