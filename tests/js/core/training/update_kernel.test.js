import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  cellOf,
  cellText,
  changesOf,
  indexOf,
  kernelValues,
  kernelsOf,
  sheetOf,
  withNumbers,
} from '../../../../static/js/core/training/update_kernel.js';

test('a convolution has a kernel a filter and channel', () => {
  const kernels = kernelsOf([4, 2, 3, 5]);
  assert.deepEqual(kernels, { filters: 4, inputs: 2, rows: 3, columns: 5, isDense: false });
  const index = [3, 1, 2, 4];
  const cell = cellOf(kernels, index);
  assert.deepEqual(cell, { filter: 3, input: 1, row: 2, column: 4 });
  assert.deepEqual(indexOf(kernels, cell), index);
  assert.equal(cellText(kernels, index), 'filter 3, channel 1, row 2, column 4');
  const values = Float32Array.from({ length: 120 }, (_, at) => at);
  const own = kernelValues(values, kernels, cell);
  assert.deepEqual([own.length, own[0], own[14]], [15, 105, 119]);
});

test('a unit’s weights are laid into the rectangle nearest to a square', () => {
  const kernels = kernelsOf([10, 128]);
  assert.deepEqual(kernels, { filters: 10, inputs: 1, rows: 8, columns: 16, isDense: true });
  assert.deepEqual(kernelsOf([2, 7]).rows, 1);
  const cell = cellOf(kernels, [4, 35]);
  assert.deepEqual(cell, { filter: 4, input: 0, row: 2, column: 3 });
  assert.deepEqual(indexOf(kernels, cell), [4, 35]);
  assert.equal(cellText(kernels, [4, 35]), 'unit 4, input 35');
});

test('a change is after less before', () => {
  const [after, before] = [Float32Array.of(3, 1), Float32Array.of(1, 2)];
  assert.deepEqual([...changesOf(after, before)], [2, -1]);
});

test('images stand beside each other, their first channels', () => {
  const images = Float32Array.from({ length: 3 * 2 * 4 }, (_, at) => at);
  const sheet = sheetOf(images, [3, 2, 2, 2], 2);
  assert.deepEqual([sheet.rows, sheet.columns], [4, 4]);
  assert.deepEqual([...sheet.values], [0, 1, 8, 9, 2, 3, 10, 11, 16, 17, 0, 0, 18, 19, 0, 0]);
  const both = sheetOf(images, [3, 2, 2, 2], 2, 2);
  assert.deepEqual([...both.values.subarray(0, 16)], [...sheet.values]);
  assert.deepEqual([...both.values.subarray(16, 24)], [4, 5, 12, 13, 6, 7, 14, 15]);
});

test('what is no number travels by its name', () => {
  const told = { loss: 'NaN', all: [1, 'Infinity', '-Infinity'], name: 'conv1', none: null };
  const numbers = { loss: NaN, all: [1, Infinity, -Infinity], name: 'conv1', none: null };
  assert.deepEqual(withNumbers(told), numbers);
});
