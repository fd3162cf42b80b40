// What a module may say so that a file of many says the same: ESLint reads modules as a browser does.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ESLint } from 'eslint';

const RULES = new Set(['no-restricted-syntax', 'unicode-bom']);
const eslint = new ESLint({ overrideConfigFile: 'tests/js/eslint.config.js' });

/** How often one of these rules is broken. @param {string} source */
async function faults(source) {
  const [found] = await eslint.lintText(source, { filePath: 'static/js/some_module.js' });
  return found?.messages.filter(({ ruleId }) => ruleId && RULES.has(ruleId)).length;
}

const REFUSED = [
  "export * from './b.js';",
  'export default 1;',
  'export let a = 1;',
  'export const a = 1, b = 2;',
  'export const { a } = {};',
  "const name = './b.js';\nimport(name);",
  "import lib, { other } from 'lib';\nglobalThis.a = [lib, other];",
  "const name = './b.css';\nglobalThis.a = new URL(name, import.meta.url);",
  'import(`./b.js`);',
  'const a = await Promise.resolve(1);',
  'for await (const each of []) globalThis.each = each;',
  "globalThis.a = import.meta.resolve('./b.js');",
  'globalThis.a = import.meta.url;',
  "globalThis.a = `\nimport { a } from './b.js';\n`;",
  'globalThis.a = `\nexport const a = 1;\n`;',
  'globalThis.a = "import(\'./b.js\')";',
  'globalThis.a = `import.meta.url`;',
  '\uFEFFexport const a = 1;',
];

for (const source of REFUSED)
  test(`refused: ${JSON.stringify(source)}`, async () => assert.notEqual(await faults(source), 0));

const ALLOWED = `import './a.js';
import * as all from './b.js';
import lib from 'lib';
import { other as another } from 'lib';
export { c } from './c.js';

const later = () => import('./d.js');
const sheet = new URL('../../css/base.css', import.meta.url);
const text = \`
  import numpy as np\`;
export const one = 1;
export async function each(list) {
  for await (const item of list) await item;
}
export { all, another, later, lib, sheet, text };
`;

test('what the modules say is allowed', async () => assert.equal(await faults(ALLOWED), 0));
