import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Who may import whom; `docs/decisions` says why. */
const depConstraints = [
  { sourceTag: 'type:core', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:layer', onlyDependOnLibsWithTags: ['type:core'] },
  { sourceTag: 'type:config', onlyDependOnLibsWithTags: ['type:core'] },
  { sourceTag: 'type:part', onlyDependOnLibsWithTags: ['type:core', 'type:layer', 'type:config'] },
  { sourceTag: 'type:stack', onlyDependOnLibsWithTags: ['type:core', 'type:layer', 'type:config', 'type:part'] },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:core', 'type:layer', 'type:config', 'type:stack', 'type:tool'],
  },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:tool'] },
];

export default [
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/coverage/**',
      '.nx/**',
      '.local-aws/**',
      'libs/*/lib/**',
      'libs/*/assets/**',
      '**/*.d.ts',
      '**/*.json',
    ],
  },
  ...nx.configs['flat/base'],
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { enforceBuildableLibDependency: false, allow: [], depConstraints, allowCircularSelfDependency: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'VariableDeclarator[id.name="exports"]',
          message: 'It hides the exports of the compiled CommonJS module, which TypeScript uses by this name.',
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
];
