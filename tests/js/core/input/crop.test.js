import assert from 'node:assert/strict';
import test from 'node:test';

import { cropped, greyOf } from '../../../../static/js/core/input/resize.js';

/** @param {number[]} shape */
const counted = (shape) => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b) }, (_, index) => index),
});

test('a wide picture loses its left and right', () => {
  const { shape, data } = cropped(counted([2, 2, 4]), 8, 8);
  assert.deepEqual(shape, [2, 2, 2]);
  assert.deepEqual([...data], [1, 2, 5, 6, 9, 10, 13, 14]);
});

test('a picture of the right shape stays whole', () => {
  const values = counted([1, 3, 6]);
  assert.deepEqual(cropped(values, 5, 10), values);
});

test('a narrow grid still gets one column', () => {
  assert.deepEqual(cropped(counted([1, 4, 4]), 64, 1).shape, [1, 4, 1]);
});

test('grey weighs the colours', () => {
  const colours = { shape: [3, 1, 2], data: Float64Array.of(1, 0, 1, 1, 1, 0) };
  const { shape, data } = greyOf(colours);
  assert.deepEqual(shape, [1, 1, 2]);
  assert.ok(Math.abs(data[0] - 1) < 1e-12);
  assert.equal(data[1], 0.587);
  const grey = counted([1, 2, 2]);
  assert.deepEqual(greyOf(grey), grey);
});
