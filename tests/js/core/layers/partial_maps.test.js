import assert from 'node:assert/strict';
import test from 'node:test';

import { partialMaps } from '../../../../static/js/core/layers/conv2d.js';
import { winnerMap } from '../../../../static/js/core/operations/max_pool2d.js';
import { operandsOf } from '../../../../static/js/core/operations/registry.js';
import { readSettings } from '../../../../static/js/core/settings.js';
import { flat, golden, tensor } from '../golden.js';
import { taskOf } from '../operations/task.js';

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
    const operands = operandsOf(taskOf('max', settings, tensor(input)));
    indices.forEach((/** @type {number[][]} */ map, /** @type {number} */ channel) => {
      const found = winnerMap(operands, channel);
      assert.deepEqual(Array.from(found), flat(map), JSON.stringify(settings));
    });
  }
});

test('NaN wins, and a window of padding alone has no winner', () => {
  const winnersOf = (/** @type {object} */ settings, /** @type {number[][][]} */ values) =>
    Array.from(winnerMap(operandsOf(taskOf('max', settings, tensor(values))), 0));
  assert.deepEqual(winnersOf({ kernel_size: [1, 4], stride: null }, [[[NaN, 1, NaN, 2]]]), [2]);
  const apart = { kernel_size: 2, stride: 1, padding: 2, dilation: 3 };
  assert.deepEqual(winnersOf(apart, [[[1]]]), [-1, -1, -1, -1]);
});
