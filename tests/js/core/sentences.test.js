import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  atMost,
  inputsText,
  namesText,
  pairText,
  settingsText,
  sizeText,
} from '../../../static/js/core/sentences.js';

const CONV2 = {
  name: 'conv2',
  kind: 'Conv2d',
  settings: {
    kernel_size: [3, 3],
    stride: [1, 1],
    padding: [1, 1],
    dilation: [1, 1],
    groups: 1,
    padding_mode: 'zeros',
  },
  input_shape: [32, 14, 14],
  output_shape: [64, 14, 14],
  multiply_accumulates: 3612672,
};

test('names in a row', () => {
  assert.equal(namesText(['fc2']), 'fc2');
  assert.equal(namesText(['fc2', 'fc1', 'conv2']), 'fc2, fc1 and conv2');
});

test('settings: the defaults are left out, what differs is said', () => {
  assert.equal(settingsText(CONV2), 'Conv2d 3×3, stride 1, padding 1');
  const odd = {
    kernel_size: [3, 5],
    stride: [2, 1],
    padding: [0, 2],
    dilation: [2, 2],
    groups: 4,
    padding_mode: 'reflect',
    ceil_mode: true,
  };
  assert.equal(
    settingsText({ kind: 'Conv2d', settings: odd, output_size: null }),
    'Conv2d 3×5, stride (2, 1), padding (0, 2), dilation 2, groups 4, reflect, ceil_mode',
  );
  assert.equal(
    settingsText({
      kind: 'MaxPool2d',
      settings: { kernel_size: 2, stride: 2, padding: 0 },
      output_size: null,
    }),
    'MaxPool2d 2×2, stride 2',
  );
  assert.equal(
    settingsText({
      kind: 'Linear',
      settings: { in_features: 128, out_features: 10 },
      output_size: null,
    }),
    'Linear 128 → 10',
  );
  assert.equal(settingsText({ kind: 'ReLU', settings: {}, output_size: null }), 'ReLU');
  assert.equal(pairText(3), '3');
});

test('the size formula in text: one line, both axes where they differ, rounded as the layer rounds', () => {
  const step = (/** @type {string} */ latex, output = 14) => ({ latex, output, input: 14 });
  const size = (/** @type {object} */ height, width = height) =>
    sizeText({ kind: 'Any', settings: {}, output_size: { height, width } });
  const plain = step(
    '\\left\\lfloor \\frac{14 + 2 \\cdot 1 - 3}{1} \\right\\rfloor + 1 = 13 + 1 = 14',
  );
  assert.equal(size(plain), '⌊(14 + 2·1 − 3) / 1⌋ + 1 = 14');
  const up = step(
    '\\left\\lceil \\frac{14 + 0 + 1 - (2 \\cdot (3 - 1) + 1)}{4} \\right\\rceil + 1 - 1 = \\lceil 2.5 \\rceil + 1 - 1 = 3',
    3,
  );
  assert.equal(
    size(up, plain),
    '⌈(14 + 0 + 1 − (2·(3 − 1) + 1)) / 4⌉ + 1 − 1 = 3 · ⌊(14 + 2·1 − 3) / 1⌋ + 1 = 14',
  );
  assert.equal(size({ latex: '', input: 7, output: 3, windows: [] }), '7 → 3');
  assert.equal(sizeText({ kind: 'ReLU', settings: {}, output_size: null }), '–');
});

test('a layer says all that it reads, and what a receptive field may at most be', () => {
  assert.equal(inputsText({ input_shapes: [[8, 14, 14], [10]] }), '8 × 14 × 14,\n10');
  assert.equal(atMost({ status: 'exact' }), '');
  assert.equal(atMost({ status: 'upper_bound' }), '≤ ');
});
