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

// What the server can put into a file of many modules (app/web/pages/bundled_module.py).
const bundled = 'A file of many modules would say something else.';
const exportedValue = 'ExportNamedDeclaration > VariableDeclaration';
const importInText = '/\\bimport\\s*[.(]/';
const bundling = [
  'ExportAllDeclaration',
  'ExportDefaultDeclaration',
  `${exportedValue}[kind!='const']`,
  `${exportedValue}[declarations.length>1]`,
  `${exportedValue} > VariableDeclarator[id.type!='Identifier']`,
  'ImportDeclaration:has(ImportDefaultSpecifier):has(ImportSpecifier)',
  "NewExpression[callee.name='URL'][arguments.0.type!='Literal']:has(MetaProperty)",
  "ImportExpression[source.type!='Literal']",
  'AwaitExpression:not(:function *)',
  'ForOfStatement[await=true]:not(:function *)',
  "MetaProperty[meta.name='import']:not(NewExpression[callee.name='URL'] > MemberExpression > MetaProperty)",
  'TemplateElement[value.raw=/\\n(import|export)\\b/]',
  `TemplateElement[value.raw=${importInText}]`,
  `Literal[value=${importInText}]`,
].map((selector) => ({ selector, message: bundled }));

export default [
  { ignores: ['static/js/vendor/**', '**/node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { ...js.configs.recommended, files: ['static/js/**/*.js', 'tests/js/**/*.js'] },
  {
    files: ['static/js/**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.browser },
    rules: {
      ...taste,
      'unicode-bom': 'error',
      'no-restricted-syntax': [...taste['no-restricted-syntax'], ...bundling],
    },
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
