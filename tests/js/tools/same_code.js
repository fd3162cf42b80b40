// Says which scripts differ in more than comments: reads [[name, source, other], …] as JSON.

import { readFileSync } from 'node:fs';
import { Linter } from 'eslint';

/** The tokens of a script as ESLint reads them, without comments. @param {string} source */
function codeOf(source) {
  const linter = new Linter();
  const [fault] = linter.verify(source, [{}]);
  if (fault) throw new SyntaxError(`${fault.message} (line ${fault.line})`);
  return JSON.stringify(linter.getSourceCode().ast.tokens.map(({ type, value }) => [type, value]));
}

/** @type {[string, string, string][]} */
const scripts = JSON.parse(readFileSync(0, 'utf8'));
const different = scripts.filter(([, source, other]) => codeOf(source) !== codeOf(other));
process.stdout.write(JSON.stringify(different.map(([name]) => name)));
