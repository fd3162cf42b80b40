import assert from 'node:assert/strict';
import test from 'node:test';

import { partialMaps } from '../../../static/js/core/maps.js';
import { winnerMap } from '../../../static/js/core/operations/max_pool2d.js';
import { readSettings } from '../../../static/js/core/settings.js';
import { flat, golden, tensor } from './golden.js';

test('partial maps are what torch makes of each input channel alone', () => {
  for (const { settings, input, weight, cells } of golden('convolutions')) {
    for (const { position, partial_maps } of cells) {
      const found = partialMaps(
        tensor(input),
        tensor(weight),
        readSettings(settings),
        position.channel,
      );
      assert.deepEqual(found, tensor(partial_maps), JSON.stringify(settings));
    }
  }
});

test('the sum of the partial maps and the bias is the map', () => {
  for (const { settings, input, weight, bias, output } of golden('convolutions')) {
    output.forEach((/** @type {number[][]} */ map, /** @type {number} */ channel) => {
      const { shape, data } = partialMaps(
        tensor(input),
        tensor(weight),
        readSettings(settings),
        channel,
      );
      const area = shape[1] * shape[2];
      const sums = flat(map).map((_, cell) => {
        let sum = bias ? bias[channel] : 0;
        for (let index = cell; index < data.length; index += area) sum += data[index];
        return sum;
      });
      assert.deepEqual(sums, flat(map));
    });
  }
});

test('the winners of every window are torch’s', () => {
  for (const { settings, input, indices } of golden('poolings')) {
    indices.forEach((/** @type {number[][]} */ map, /** @type {number} */ channel) => {
      const found = winnerMap(tensor(input), readSettings(settings), channel);
      assert.deepEqual(Array.from(found), flat(map), JSON.stringify(settings));
    });
  }
});

test('NaN wins, and a window of padding alone has no winner', () => {
  const row = tensor([[[NaN, 1, NaN, 2]]]);
  const whole = readSettings({ kernel_size: [1, 4], stride: null });
  assert.deepEqual(Array.from(winnerMap(row, whole, 0)), [2]);
  const apart = readSettings({ kernel_size: 2, stride: 1, padding: 2, dilation: 3 });
  assert.deepEqual(Array.from(winnerMap(tensor([[[1]]]), apart, 0)), [-1, -1, -1, -1]);
});
