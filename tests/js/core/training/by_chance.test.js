import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bandsOf, countOf, unitsOf } from '../../../../static/js/core/training/by_chance.js';

test('units are told apart by what became of them', () => {
  const units = unitsOf(Float32Array.of(0, 0, 0, 2, 1, 0), [2, 3], 1, 2);
  assert.deepEqual(units, [
    { state: 'left-out', row: 0, column: 0 },
    { state: 'zero', row: 0, column: 1 },
    { state: 'kept', row: 1, column: 0 },
  ]);
  assert.equal(countOf(units, 'left-out'), 1);
});

test('bands go a standard deviation either way', () => {
  const { bands, widest } = bandsOf([1, -2], [0.5, 1]);
  assert.deepEqual(bands, [
    { low: 0.5, mean: 1, high: 1.5 },
    { low: -3, mean: -2, high: -1 },
  ]);
  assert.equal(widest, 3);
  assert.equal(bandsOf([0], [0]).widest, 1);
});
