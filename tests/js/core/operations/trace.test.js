import assert from 'node:assert/strict';
import test from 'node:test';

import { everyPosition, flat, golden, tensor } from '../golden.js';
import { taskOf, traceAt } from './task.js';

const start = { channel: 0, row: 0, column: 0 };

test('every value of a convolution is torch’s, to the last digit', () => {
  for (const { settings, input, weight, bias, output } of golden('convolutions')) {
    const task = taskOf('conv2d', settings, tensor(input), tensor(weight), bias && tensor(bias));
    const found = everyPosition(tensor(output).shape).map(
      (position) => traceAt(task, position).value,
    );
    assert.deepEqual(found, flat(output), JSON.stringify(settings));
  }
});

test('a value of a convolution is made of what its gradient says', () => {
  for (const { settings, input, weight, bias, cells } of golden('convolutions')) {
    const task = taskOf('conv2d', settings, tensor(input), tensor(weight), bias && tensor(bias));
    for (const { position, window, value, partial_maps, input_gradient } of cells) {
      const trace = traceAt(task, position);
      const { rows, columns, inputChannels } = trace;
      assert.equal(trace.kind, 'Conv2d');
      assert.deepEqual(Array.from(trace.window), flat(window));
      assert.deepEqual(Array.from(trace.weight), flat(weight[position.channel]));
      assert.deepEqual(trace.shape, tensor(window).shape);
      assert.equal(trace.bias, bias ? bias[position.channel] : 0);
      assert.equal(trace.value, value);
      trace.products.forEach((/** @type {number} */ product, /** @type {number} */ i) => {
        assert.equal(product, trace.window[i] * trace.weight[i]);
      });
      assert.deepEqual(
        Array.from(trace.channelSums),
        partial_maps.map((/** @type {any} */ map) => map[position.row][position.column]),
      );

      // What torch's gradient reaches, and how strongly, is what the sources say.
      /** @type {Map<string, number>} */
      const reached = new Map();
      trace.weight.forEach((/** @type {number} */ factor, /** @type {number} */ i) => {
        const area = rows.length * columns.length;
        const row = rows[Math.floor((i % area) / columns.length)];
        const column = columns[i % columns.length];
        if (row === null || column === null) return;
        const cell = [inputChannels[Math.floor(i / area)], row, column].join();
        reached.set(cell, (reached.get(cell) ?? 0) + factor);
      });
      const gradient = input_gradient.map((/** @type {number[]} */ [c, y, x, by]) => [
        [c, y, x].join(),
        by,
      ]);
      const nonzero = Array.from(reached).filter(([, by]) => by !== 0);
      assert.deepEqual(new Map(nonzero), new Map(gradient));
    }
  }
});

test('every value of a pooling is torch’s, and the winner is its winner', () => {
  for (const { settings, input, max, indices, average } of golden('poolings')) {
    const places = everyPosition(tensor(max).shape);
    const largest = taskOf('max', settings, tensor(input));
    const traces = places.map((place) => traceAt(largest, place));
    assert.deepEqual(
      traces.map((trace) => trace.value),
      flat(max),
    );
    assert.deepEqual(
      traces.map((trace) => trace.winner?.index),
      flat(indices),
    );
    for (const { winner, window, value, rows, columns } of traces) {
      assert.ok(winner);
      assert.equal(window[winner.windowIndex], value);
      assert.equal(rows[Math.floor(winner.windowIndex / columns.length)], winner.row);
      assert.equal(columns[winner.windowIndex % columns.length], winner.column);
    }
    if (average === null) continue;
    const mean = taskOf('average', settings, tensor(input));
    assert.deepEqual(
      places.map((place) => traceAt(mean, place).value),
      flat(average),
    );
  }
});

test('divisors of averages are those of torch', () => {
  for (const { axis, output, counted } of golden('pooling_axes')) {
    if (!counted) continue;
    const settings = {
      kernel_size: [1, axis.kernel_size],
      stride: [1, axis.stride],
      padding: [0, axis.padding_before],
      ceil_mode: axis.ceil_mode,
    };
    const row = taskOf('average', settings, tensor([[new Array(axis.input).fill(1)]]));
    const divisors = everyPosition([1, 1, output]).map((place) => traceAt(row, place).divisor);
    assert.deepEqual(divisors, counted);
  }
});

test('ties, NaN and infinity are settled as torch settles them', () => {
  const settings = { kernel_size: [1, 4], stride: null };
  const winnerOf = (/** @type {number[]} */ row) => {
    const { value, winner } = traceAt(taskOf('max', settings, tensor([[row]])), start);
    return [value, winner?.index];
  };
  assert.deepEqual(winnerOf([1, 3, 3, 2]), [3, 1]);
  assert.deepEqual(winnerOf([NaN, 1, NaN, 2]), [NaN, 2]);
  assert.deepEqual(winnerOf([-Infinity, -Infinity, -Infinity, -Infinity]), [-Infinity, 0]);
});

test('a window of padding alone has neither winner nor mean', () => {
  const window = { kernel_size: 2, stride: 1, padding: 2, dilation: 3 };
  const settings = { ...window, count_include_pad: false };
  const { value, winner } = traceAt(taskOf('max', settings, tensor([[[1]]])), start);
  assert.deepEqual([value, winner], [-Infinity, null]);
  assert.ok(Number.isNaN(traceAt(taskOf('average', settings, tensor([[[1]]])), start).value));
});
