import assert from 'node:assert/strict';
import test from 'node:test';

import {
  asKernels,
  sharedLimit,
  thousandsOf,
  valueAt,
} from '../../../../static/js/core/training/kernel_picture.js';

/** @param {number[]} shape @param {number[]} data */
const tensor = (shape, data) => ({ shape, data: Float32Array.from(data) });

test('a convolution has its kernels, a dense layer a folded picture a unit', () => {
  const convolution = tensor([1, 2, 1, 2], [1, 2, 3, 4]);
  assert.deepEqual(asKernels(convolution).shape, [1, 2, 1, 2]);
  assert.equal(asKernels(convolution).data, convolution.data);
  const dense = (/** @type {number} */ inputs) =>
    asKernels({ shape: [10, inputs], data: new Float32Array(10 * inputs) }).shape;
  assert.deepEqual(dense(3136), [10, 1, 56, 56]);
  assert.deepEqual(dense(128), [10, 1, 8, 16]);
  assert.deepEqual(dense(7), [10, 1, 1, 7]);
});

test('several tensors share the range of the largest of their numbers', () => {
  const [a, b] = [tensor([2, 1], [-3, 1]), tensor([1, 2], [0.5, 2])];
  assert.equal(sharedLimit([a, b]), 3);
  assert.equal(sharedLimit([b]), 2);
  assert.equal(sharedLimit([a, b]), 3);
  assert.equal(sharedLimit([]), 0);
});

test('a number is found by its kernel and its place in it', () => {
  const kernels = asKernels(
    tensor(
      [2, 3, 2, 2],
      Array.from({ length: 24 }, (_, i) => i),
    ),
  );
  const at = { filter: 1, input: 2, row: 0, column: 1 };
  assert.equal(valueAt(kernels, at), 21);
  for (const name of ['filter', 'input', 'row', 'column'])
    assert.equal(valueAt(kernels, { ...at, [name]: 7 }), undefined);
});

test('small numbers are written in thousandths, or thousandths of them', () => {
  assert.deepEqual(
    [0, 3, 0.1, 0.09, 0.001, 0.0009, 4e-8].map(thousandsOf),
    [0, 0, 0, -3, -3, -6, -9],
  );
});
