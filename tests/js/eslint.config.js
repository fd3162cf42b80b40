// Rules of the browser code: what is wrong anywhere, and what this project decided against.
import js from '@eslint/js';
import globals from 'globals';

const html = 'Write a lit-html template: text set as HTML can carry a script.';
const timer = 'Drive motion from requestAnimationFrame: an interval is never cleared.';

const taste = {
  'no-console': 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'object-shorthand': 'error',
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-unused-vars': ['error', { args: 'all', argsIgnorePattern: '^_' }],
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
  'max-lines': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'no-restricted-properties': [
    'error',
    { property: 'innerHTML', message: html },
    { property: 'outerHTML', message: html },
    { property: 'insertAdjacentHTML', message: html },
  ],
  'no-restricted-globals': ['error', { name: 'setInterval', message: timer }],
  'no-restricted-syntax': [
    'error',
    { selector: "MemberExpression[property.name='setInterval']", message: timer },
  ],
};

export default [
  { ignores: ['static/js/vendor/**', '**/node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { ...js.configs.recommended, files: ['static/js/**/*.js', 'tests/js/**/*.js'] },
  {
    files: ['static/js/**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.browser },
    rules: taste,
  },
  {
    // core/ runs anywhere: it may not even know that there is a page (types/everywhere.d.ts).
    files: ['static/js/core/**/*.js'],
    languageOptions: {
      globals: {
        ...Object.fromEntries(Object.keys(globals.browser).map((name) => [name, 'off'])),
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
        atob: 'readonly',
        btoa: 'readonly',
        structuredClone: 'readonly',
      },
    },
  },
  {
    files: ['tests/js/**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.node },
    rules: { ...taste, 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
];
