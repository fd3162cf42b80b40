import assert from 'node:assert/strict';
import test from 'node:test';

import { largestOf, outputPicture } from '../../../../static/js/core/take_away/output_picture.js';

test('a picture of an output is one map of it', () => {
  const data = Float64Array.from({ length: 12 }, (_, index) => index - 6);
  const picture = outputPicture({ shape: [2, 2, 3], data }, 1, largestOf(data));
  assert.deepEqual([picture.rows, picture.columns, picture.limit], [2, 3, 6]);
  assert.deepEqual([...picture.values], [0, 1, 2, 3, 4, 5]);
});

test('the largest value is a finite one', () => {
  assert.equal(largestOf([1, -3, Infinity, NaN]), 3);
  assert.equal(largestOf([]), 0);
});
