import assert from 'node:assert/strict';
import test from 'node:test';

import { wayOf } from '../../../../static/js/core/compare/shift_words.js';

test('how far an output moves is said in whole cells and fractions', () => {
  const said = (/** @type {number} */ rows, /** @type {number} */ columns) =>
    wayOf({ rows, columns });
  assert.equal(said(0, 1), '1 column');
  assert.equal(said(2, 1), '2 rows and 1 column');
  assert.equal(said(0, 1 / 3), 'a third of a column');
  assert.equal(said(1 / 2, 1 / 4), 'half a row and a quarter of a column');
  assert.equal(said(5 / 64, 2 / 3), '5/64 of a row and 2/3 of a column');
  assert.equal(said(4 / 3, 0), '4/3 rows');
});
