import assert from 'node:assert/strict';
import test from 'node:test';

import { paintValues } from '../../../static/js/render/values.js';

const TABLE = Uint32Array.of(1, 2, 3, 4, 5);

/** @param {number[]} values @param {number} limit */
function painted(values, limit) {
  const pixels = new Uint32Array(values.length);
  paintValues(pixels, values, TABLE, -limit, limit);
  return [...pixels];
}

test('values are painted from the first entry of a table to its last', () => {
  assert.deepEqual(painted([-1, -0.5, 0, 0.5, 1, 9, -9], 1), [1, 2, 3, 4, 5, 5, 1]);
});

test('where nothing is but zero, all of it has the colour of zero', () => {
  assert.deepEqual(painted([0, 0, -0], 0), [3, 3, 3]);
});
