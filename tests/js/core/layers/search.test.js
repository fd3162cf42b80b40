import assert from 'node:assert/strict';
import { test } from 'node:test';

import { searchLayers } from '../../../../static/js/core/layers/search.js';

/** @type {[string, string, number[]][]} */
const ROWS = [
  ['stem.conv', 'Conv2d', [32, 112, 112]],
  ['stage1.0.expand1x1', 'Conv2d', [64, 56, 56]],
  ['stage1.0.bn', 'BatchNorm2d', [64, 56, 56]],
  ['conv', 'Conv2d', [128, 7, 7]],
  ['deconv', 'Linear', [10]],
  ['maxpool', 'MaxPool2d', [128, 7, 7]],
];
const LAYERS = ROWS.map(([name, kind, shape]) => {
  return /** @type {any} */ ({ name, kind, output_shape: shape });
});

const names = (/** @type {string} */ text, most = 9) =>
  searchLayers(LAYERS, text, most).layers.map(({ name }) => name);

test('by name: at its beginning, at the beginning of a part, within; then by kind', () => {
  assert.deepEqual(names('conv'), ['conv', 'stem.conv', 'deconv', 'stage1.0.expand1x1']);
  assert.deepEqual(names('1x1'), ['stage1.0.expand1x1']);
  assert.deepEqual(names('max'), ['maxpool']);
});

test('by kind and by shape, every word somewhere', () => {
  assert.deepEqual(names('BatchNorm2d'), ['stage1.0.bn']);
  assert.deepEqual(names('64x56x56'), ['stage1.0.expand1x1', 'stage1.0.bn']);
  assert.deepEqual(names('56×56 conv2d'), ['stage1.0.expand1x1']);
  assert.deepEqual(names('7×7 stage'), []);
});

test('nothing of no words, so many at most, and how many there are', () => {
  assert.deepEqual(searchLayers(LAYERS, '  ', 9), { layers: [], count: 0 });
  const { layers, count } = searchLayers(LAYERS, 'conv', 2);
  assert.deepEqual([layers.map(({ name }) => name), count], [['conv', 'stem.conv'], 4]);
});
