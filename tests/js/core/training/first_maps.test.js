import assert from 'node:assert/strict';
import test from 'node:test';

import { firstMaps } from '../../../../static/js/core/training/first_maps.js';

/** @param {string} name @param {string[]} inputs @param {number[]} shape @param {{}} [settings] @param {number} [weight] */
const layer = (name, inputs, shape, settings = {}, weight = 0) => ({
  name,
  inputs,
  output_shape: shape,
  settings,
  parameters: { weight },
});

const KERNEL = { kernel_size: [3, 3] };

test('the maps are those behind the normalization and the activation function', () => {
  const layers = [
    layer('conv1', ['input'], [8, 28, 28], KERNEL, 72),
    layer('conv1_bn', ['conv1'], [8, 28, 28], { eps: 1 }, 8),
    layer('relu1', ['conv1_bn'], [8, 28, 28]),
    layer('pool1', ['relu1'], [8, 14, 14], KERNEL),
  ];
  assert.deepEqual(firstMaps(layers), { convolution: 'conv1', maps: 'relu1' });
});

test('another convolution, a pooling that keeps the size and what several read end the way', () => {
  const conv1 = layer('conv1', ['input'], [8, 28, 28], KERNEL, 72);
  const same = layer('conv2', ['conv1'], [8, 28, 28], KERNEL, 72);
  assert.deepEqual(firstMaps([conv1, same]), { convolution: 'conv1', maps: 'conv1' });
  const relu = layer('relu1', ['conv1'], [8, 28, 28]);
  const sum = layer('sum', ['conv1', 'relu1'], [8, 28, 28]);
  assert.deepEqual(firstMaps([conv1, relu, sum]), { convolution: 'conv1', maps: 'conv1' });
  assert.deepEqual(firstMaps([conv1, sum]), { convolution: 'conv1', maps: 'conv1' });
});

test('a network without convolutions has none', () => {
  assert.equal(firstMaps([layer('fc1', ['input'], [10], {}, 7840)]), null);
});
