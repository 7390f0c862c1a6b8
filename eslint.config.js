import tseslint from 'typescript-eslint';

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'export by name: a thing has one name everywhere.',
};
const vscode = { name: 'vscode', message: 'only src/extension may import vscode.' };
const nodeBuiltIns = { regex: '^node:', message: 'this layer runs in a browser too: no Node built-ins.' };

/** @type {import('typescript-eslint').ConfigArray} */
const config = tseslint.config(
  {
    ignores: ['dist/', 'out/', 'coverage/', '.lab/', '.vscode-test/', '**/node_modules/', '**/fixtures/', 'src/language/schema/generated/'],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
      'no-restricted-imports': ['error', { paths: [vscode] }],
      'no-restricted-syntax': ['error', noDefaultExport],
      eqeqeq: 'error',
    },
  },
  {
    files: [
      'src/language/**/*.ts',
      'src/planner/**/*.ts',
      'src/review/**/*.ts',
      'src/events/**/*.ts',
      'src/protocol/**/*.ts',
      'webview/**/*.ts',
    ],
    rules: { 'no-restricted-imports': ['error', { paths: [vscode], patterns: [nodeBuiltIns] }] },
  },
  {
    files: ['src/extension/**/*.ts', 'test/e2e/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);

export default config;
