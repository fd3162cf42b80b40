import assert from 'node:assert/strict';
import test from 'node:test';

import { inputsOf, outputsOf } from '../../../static/js/core/links.js';
import { everyPosition, golden } from './golden.js';

/**
 * @param {string} kind
 * @param {number[]} input_shape
 * @param {number[]} output_shape
 * @param {object} settings
 */
const layer = (kind, input_shape, output_shape, settings = {}) => ({
  kind,
  input_shape,
  output_shape,
  settings,
});

const layers = [
  layer('Conv2d', [1, 5, 5], [2, 5, 5], { kernel_size: [3, 3], padding: [1, 1] }),
  layer('Conv2d', [4, 4, 5], [2, 2, 2], { kernel_size: 2, stride: 2, groups: 2 }),
  layer('MaxPool2d', [2, 4, 4], [2, 2, 2], { kernel_size: 2, stride: null }),
  layer('AvgPool2d', [2, 4, 4], [2, 3, 3], { kernel_size: 2 }),
  layer('ConvTranspose2d', [2, 3, 2], [4, 6, 4], {
    kernel_size: [3, 2],
    stride: 2,
    padding: [1, 0],
    output_padding: [1, 0],
    groups: 2,
  }),
  layer('LPPool2d', [1, 5, 5], [1, 2, 2], { kernel_size: 2, padding: 1, stride: 3 }),
  layer('AdaptiveMaxPool2d', [2, 5, 4], [2, 3, 3], { output_size: 3 }),
  layer('AdaptiveAvgPool2d', [1, 3, 4], [1, 3, 1], { output_size: [null, 1] }),
  layer('ReLU', [2, 3, 3], [2, 3, 3]),
  layer('ReLU', [4], [4]),
  layer('Flatten', [2, 3, 2], [12]),
  layer('Linear', [5], [3]),
  layer('Softmax', [4], [4]),
];

/** A vector has one row and one column. @param {number[]} shape */
const whole = ([channels, rows = 1, columns = 1]) => everyPosition([channels, rows, columns]);

test('what an output reads and what reads an input are one relation', () => {
  for (const one of layers) {
    /** @type {Set<string>} */
    const forwards = new Set();
    for (const to of whole(one.output_shape)) {
      const { channels, rows, columns } = inputsOf(one, to);
      for (const channel of channels) {
        for (const row of rows) {
          for (const column of columns) {
            if (row === null || column === null) continue;
            forwards.add(`${channel},${row},${column} → ${Object.values(to)}`);
          }
        }
      }
    }
    /** @type {Set<string>} */
    const backwards = new Set();
    for (const from of whole(one.input_shape)) {
      const { channels, cells } = outputsOf(one, from);
      for (const channel of channels) {
        for (const { row, column } of cells) {
          backwards.add(`${Object.values(from)} → ${channel},${row},${column}`);
        }
      }
    }
    assert.deepEqual(backwards, forwards, JSON.stringify(one));
    assert.notEqual(forwards.size, 0);
  }
});

test('a convolution reads the channels that torch’s gradient reaches', () => {
  for (const { settings, input, output, cells } of golden('convolutions')) {
    const shape = [input.length, input[0].length, input[0][0].length];
    const one = layer('Conv2d', shape, [output.length, 1, 1], settings);
    for (const { position, input_gradient } of cells) {
      const { channels, rows, columns } = inputsOf(one, position);
      for (const [channel, row, column] of input_gradient) {
        assert.ok(channels.includes(channel) && rows.includes(row) && columns.includes(column));
      }
    }
  }
});

test('a reader names the kernel cell it reads with', () => {
  const { cells } = outputsOf(layers[0], { channel: 0, row: 0, column: 0 });
  assert.deepEqual(cells[0], { row: 0, column: 0, kernelRow: 1, kernelColumn: 1 });
  assert.equal(cells.length, 4);
});
