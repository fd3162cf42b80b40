import assert from 'node:assert/strict';
import test from 'node:test';

import { convolutionCost, denseCost } from '../../../../static/js/core/cost.js';
import { adaptiveAxis } from '../../../../static/js/core/operations/adaptive_pool2d.js';
import { norm } from '../../../../static/js/core/operations/lp_pool2d.js';
import { axesOf } from '../../../../static/js/core/operations/registry.js';
import { everyPosition, flat, golden, tensor } from '../golden.js';
import { computed, gradientsOf, taskOf, traceAt } from './task.js';

/**
 * @param {ArrayLike<number>} found
 * @param {number[]} wanted
 */
function close(found, wanted) {
  assert.equal(found.length, wanted.length);
  wanted.forEach((value, index) => {
    assert.ok(Math.abs(found[index] - value) <= 1e-12 * Math.max(1, Math.abs(value)));
  });
}

/** A bias, where there is one. @param {number[] | null} bias */
const optional = (bias) => bias && tensor(bias);

test('a whole convolution is torch’s, to the last digit', () => {
  for (const { settings, input, weight, bias, output } of golden('convolutions')) {
    const task = taskOf('conv2d', settings, tensor(input), tensor(weight), optional(bias));
    const found = computed(task).output;
    assert.deepEqual(found.shape, tensor(output).shape);
    assert.deepEqual(Array.from(found.data), flat(output), JSON.stringify(settings));
  }
});

test('a whole convolution adds up in the order of a trace', () => {
  const data = Float64Array.from({ length: 3 * 6 * 6 }, (_, index) => Math.sin(index * 1.7));
  const input = { shape: [3, 6, 6], data };
  const weight = { shape: [2, 3, 3, 3], data: data.slice(0, 54).map((value) => value * 1.3) };
  const settings = { kernel_size: 3, padding: 1, flip_kernel: true };
  const task = taskOf('conv2d', settings, input, weight);
  const whole = computed(task).output;
  everyPosition(whole.shape).forEach((position, index) => {
    assert.equal(traceAt(task, position).value, whole.data[index]);
  });
});

test('gradients of a convolution are those of autograd, flipped kernels included', () => {
  for (const one of golden('gradients')) {
    const [input, weight] = [tensor(one.input), tensor(one.weight)];
    const task = taskOf('conv2d', one.settings, input, weight, tensor(one.bias));
    assert.deepEqual(Array.from(computed(task).output.data), flat(one.output));
    const found = gradientsOf(task, tensor(one.output_gradient));
    for (const name of /** @type {const} */ (['input', 'weight', 'bias'])) {
      const wanted = one[`${name}_gradient`];
      assert.deepEqual(found[name]?.shape, tensor(wanted).shape);
      assert.deepEqual(Array.from(found[name]?.data ?? []), flat(wanted), name);
    }
  }
});

test('costs are written as in Python, beside what unshared weights would cost', () => {
  assert.deepEqual(convolutionCost([32, 1, 3, 3], true, 784, 32), {
    weight: 288,
    bias: 32,
    total: 320,
    expression: '32·(1·3·3 + 1)',
    multiplyAccumulates: 225_792,
  });
  assert.equal(convolutionCost([1, 1, 3, 3], false, 36, 1).expression, '1·1·3·3');
  assert.equal(convolutionCost([8, 2, 3, 3], true, 9, 4).expression, '4·(4·3·3 + 1)');
  const dense = denseCost([1, 8, 8], [1, 6, 6]);
  assert.deepEqual([dense.total, dense.expression], [2304, '36·64']);
});

test('a transposed convolution is torch’s from both ends', () => {
  for (const { settings, input, weight, bias, output, cells } of golden('transposed')) {
    const from = tensor(input);
    const task = taskOf('conv_transpose2d', settings, from, tensor(weight), optional(bias));
    const found = computed(task).output;
    assert.deepEqual(found.shape, tensor(output).shape);
    assert.deepEqual(Array.from(found.data), flat(output), JSON.stringify(settings));

    for (const { position, value, input_gradient } of cells) {
      const trace = traceAt(task, position);
      assert.equal(trace.value, value);
      const { rows, columns } = trace;
      const gathered = Array.from(trace.weight, (/** @type {number} */ factor, index) => [
        trace.inputChannels[Math.floor(index / (rows.length * columns.length))],
        rows[Math.floor(index / columns.length) % rows.length],
        columns[index % columns.length],
        factor,
      ]);
      assert.deepEqual(
        gathered.filter(([, , , factor]) => factor !== 0).sort(),
        input_gradient.sort(),
      );
      trace.products.forEach((/** @type {number} */ product, /** @type {number} */ index) => {
        assert.equal(product, trace.window[index] * trace.weight[index]);
      });
    }
  }
});

test('gradients of a transposed convolution are those of autograd, flipped kernels included', () => {
  for (const one of golden('transposed')) {
    const [input, weight] = [tensor(one.input), tensor(one.weight)];
    const upstream = tensor(one.output_gradient);
    const found = gradientsOf(taskOf('conv_transpose2d', one.settings, input, weight), upstream);
    for (const name of /** @type {const} */ (['input', 'weight'])) {
      const wanted = one[`${name}_gradient`];
      assert.deepEqual(found[name]?.shape, tensor(wanted).shape);
      assert.deepEqual(Array.from(found[name]?.data ?? []), flat(wanted), name);
    }
    const [channels, height, width] = upstream.shape;
    const sums = Array.from({ length: channels }, (_, channel) =>
      flat(one.output_gradient[channel]).reduce((total, value) => total + value, 0),
    );
    assert.equal(height * width * channels, upstream.data.length);
    assert.deepEqual(Array.from(found.bias?.data ?? []), sums);
  }
});

test('the size of a transposed convolution, and what it does not read or write, are as in Python', () => {
  /** @type {[import('../../../../static/js/core/settings.js').LayerSettings, object][]} */
  const steps = [
    [
      { kernel_size: 3, stride: 2 },
      { output: 9, unread: [], unwritten: [] },
    ],
    [
      { kernel_size: 2, stride: 3, padding: 1, output_padding: 1 },
      {
        output: 10,
        unread: [],
        unwritten: [1, 4, 7],
      },
    ],
    [
      { kernel_size: 2, dilation: 2, padding: { top: 3, left: 3 } },
      {
        output: 3,
        unread: [0],
        unwritten: [],
      },
    ],
  ];
  for (const [settings, wanted] of steps) {
    const input = { shape: [1, 4, 4], data: new Float64Array(16) };
    const { height, width } = axesOf(taskOf('conv_transpose2d', settings, input));
    const { output } = width.step;
    const { unread, unwritten } = width;
    assert.deepEqual({ output, unread, unwritten }, wanted);
    assert.deepEqual(height.step, width.step);
  }
});

test('poolings of every kind and their gradients are torch’s', () => {
  for (const one of golden('pooling_kinds')) {
    const task = taskOf(one.kind, one.settings, tensor(one.input));
    const { output, indices } = computed(task);
    assert.deepEqual(output.shape, tensor(one.output).shape, one.kind);
    close(output.data, flat(one.output));
    assert.deepEqual(indices && Array.from(indices), one.indices && flat(one.indices));
    const upstream = tensor(one.output_gradient);
    const { input: gradient, weight, bias } = gradientsOf(task, upstream);
    assert.deepEqual([weight, bias], [null, null]);
    assert.deepEqual(gradient.shape, tensor(one.input).shape);
    close(gradient.data, flat(one.input_gradient));
  }
});

test('every value of every kind is made of its window', () => {
  for (const { kind, settings, input, output } of golden('pooling_kinds')) {
    const task = taskOf(kind, settings, tensor(input));
    const values = everyPosition(tensor(output).shape).map(
      (position) => traceAt(task, position).value,
    );
    close(values, flat(output));
  }
  const task = taskOf('lp', { kernel_size: [1, 2] }, tensor([[[-3, 4]]]));
  const lp = traceAt(task, { channel: 0, row: 0, column: 0 });
  assert.deepEqual([Array.from(lp.powers), lp.sum, lp.value, lp.normType], [[9, 16], 25, 5, 2]);
});

test('a window of padding alone has the smallest maximum and gives its gradient to nobody', () => {
  const settings = { kernel_size: 2, stride: 1, padding: 2, dilation: 3 };
  const task = taskOf('max', settings, tensor([[[1]]]));
  const { output, indices } = computed(task);
  assert.deepEqual(Array.from(output.data), [-Infinity, -Infinity, -Infinity, -Infinity]);
  assert.deepEqual(Array.from(indices ?? []), [-1, -1, -1, -1]);
  assert.deepEqual(Array.from(gradientsOf(task, output).input.data), [0]);
});

test('no power of a norm overflows or vanishes', () => {
  for (const size of [1e-200, 1, 1e200]) {
    close([norm(Float64Array.of(size, -size), 2) / size], [Math.SQRT2]);
    close([norm(Float64Array.of(size, -size), 200) / size], [2 ** (1 / 200)]);
  }
  assert.equal(norm(Float64Array.of(0, 0), 3), 0);
  assert.equal(norm(Float64Array.of(1, -Infinity), 3), Infinity);
  assert.equal(norm(Float64Array.of(-3, 4), 2), 5);
  const zeros = taskOf('lp', { kernel_size: [1, 2], norm_type: 0.5 }, tensor([[[0, 0]]]));
  assert.deepEqual(Array.from(gradientsOf(zeros, tensor([[[1]]])).input.data), [0, 0]);
});

test('an axis is shared out as in Python', () => {
  assert.deepEqual(adaptiveAxis(5, 3).step, {
    input: 5,
    output: 3,
    windows: [
      [0, 2],
      [1, 4],
      [3, 5],
    ],
    smallest: 2,
    largest: 3,
    unread: [],
  });
});
