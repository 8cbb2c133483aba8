import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

const pureCore = [
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Chance is handed in: see core/simulation/random.',
  },
  { selector: "NewExpression[callee.name='Date']", message: 'The core has no clock: take the time as an argument.' },
  {
    selector: "CallExpression[callee.object.name='Date']",
    message: 'The core has no clock: take the time as an argument.',
  },
];
const everywhere = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
];

export default ts.config(
  { ignores: ['dist', '.cache', 'node_modules', 'conformance/oracle', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ts.configs.strict,
  {
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      'max-depth': ['error', 4],
      'max-params': ['error', 5],
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': ['error', ...everywhere],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src/core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...pureCore] },
  },
  {
    files: ['src/app/**/*.{ts,tsx}'],
    ...hooks.configs.flat['recommended-latest'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['scripts/**', 'bench/**', 'src/cli/**', '*.js', '*.cjs'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
  { files: ['*.config.ts', '*.config.js'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
