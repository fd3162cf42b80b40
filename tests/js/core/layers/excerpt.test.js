import assert from 'node:assert/strict';
import { test } from 'node:test';

import { outcome } from '../../../../static/js/core/experiment/outcome.js';
import { excerptOf } from '../../../../static/js/core/layers/excerpt.js';
import { kindOf } from '../../../../static/js/core/layers/registry.js';
import { windowed } from '../../../../static/js/core/layers/window.js';
import {
  readExperiment,
  writeExperiment,
} from '../../../../static/js/core/link/experiment_code.js';
import { OPERATIONS } from '../../../../static/js/core/operations/registry.js';

/** @typedef {import('../../../../static/js/core/layers/registry.js').Given} Given */

/** Numbers that float32 has, and that repeat nowhere near. @param {number[]} shape */
const noise = (shape) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) =>
    Math.fround(Math.sin(i * 12.9898) * 4),
  ),
});

const WINDOW = { kernel_size: [3, 3], stride: [1, 1], padding: [1, 1], dilation: [1, 1] };

/**
 * What the Lab is given of one value, and that value.
 * @param {string} kind
 * @param {number[]} input
 * @param {number[]} output
 * @param {Record<string, any>} settings
 * @param {{channel: number, row: number, column: number}} at
 * @param {number[] | null} [weight]
 * @param {boolean} [hasBias]
 */
function excerpt(kind, input, output, settings, at, weight = null, hasBias = true) {
  const { trace } = made(kind, input, output, settings, at, weight, hasBias);
  return { found: excerptOf(trace), value: trace.value };
}

/**
 * What one value is made of, and in which words.
 * @param {string | import('../../../../static/js/core/layers/window.js').WindowKind} of
 * @param {number[]} input
 * @param {number[]} output
 * @param {Record<string, any>} settings
 * @param {{channel: number, row: number, column: number}} at
 * @param {number[] | null} [weight]
 * @param {boolean} [hasBias]
 */
function made(of, input, output, settings, at, weight = null, hasBias = true) {
  const kind = typeof of === 'string' ? of : of.kind;
  const parameters = weight
    ? { weight: noise(weight), ...(hasBias ? { bias: noise([weight[0]]) } : {}) }
    : {};
  const layer = {
    name: 'here',
    kind,
    settings,
    inputs: ['x'],
    input_shape: input,
    output_shape: output,
  };
  const given = { layer, inputs: [noise(input)], output: noise(output), parameters };
  const own = typeof of === 'string' ? kindOf(layer) : of;
  const trace = own.trace(given, at);
  return { trace, sentence: own.sentence(trace, at, 4, layer) };
}

/** @param {ReturnType<typeof excerpt>} of */
function checked({ found, value }) {
  assert.ok(found);
  const texts = writeExperiment(found.experiment);
  const read = readExperiment((name) => texts[name] ?? null);
  assert.equal(read.notice, null);
  const result = outcome(read.experiment);
  assert.ok(result.kind === 'computed');
  const { channel, row, column } = found.place;
  const [, rows, columns] = result.output.shape;
  const there = result.output.data[(channel * rows + row) * columns + column];
  assert.ok(
    Math.abs(there - value) <= 1e-9 * Math.max(1, Math.abs(value)),
    `${there} is not ${value}`,
  );
  return {
    shape: read.experiment.input.shape,
    notes: found.notes,
    settings: read.experiment.settings,
  };
}

test('a small layer goes into the Lab as it is', () => {
  const at = { channel: 2, row: 0, column: 3 };
  const conv = { ...WINDOW, groups: 2, padding_mode: 'reflect', bias: true, in_channels: 4 };
  const whole = checked(excerpt('Conv2d', [4, 6, 7], [4, 6, 7], conv, at, [4, 2, 3, 3]));
  assert.deepEqual(whole.shape, [4, 6, 7]);
  assert.deepEqual(whole.notes, []);
  checked(excerpt('Conv2d', [4, 6, 7], [4, 6, 7], conv, at, [4, 2, 3, 3], false));
  const pool = {
    kernel_size: [3, 3],
    stride: [2, 2],
    padding: [1, 1],
    dilation: [1, 1],
    ceil_mode: true,
  };
  const pooled = checked(excerpt('MaxPool2d', [4, 6, 7], [4, 4, 4], pool, { ...at, row: 3 }));
  assert.deepEqual(pooled.notes, []);
  checked(excerpt('AvgPool2d', [4, 6, 7], [4, 4, 4], { ...pool, count_include_pad: false }, at));
  checked(excerpt('AdaptiveAvgPool2d', [4, 6, 7], [4, 3, 4], { output_size: [3, 4] }, at));
});

test('of many maps those that add most are taken, and the bias has the others’ sum', () => {
  const at = { channel: 20, row: 5, column: 7 };
  const many = checked(
    excerpt('Conv2d', [32, 14, 14], [64, 14, 14], { ...WINDOW, groups: 1 }, at, [64, 32, 3, 3]),
  );
  assert.deepEqual(many.shape, [8, 14, 14]);
  assert.deepEqual(many.notes, [
    'filter 20 alone',
    'its 8 maps of 32 that add most, the others’ sum in the bias',
  ]);
  checked(
    excerpt('Conv2d', [32, 9, 9], [64, 9, 9], { ...WINDOW, groups: 1 }, at, [64, 32, 3, 3], false),
  );
  const depthwise = { ...WINDOW, groups: 32 };
  const one = checked(excerpt('Conv2d', [32, 9, 9], [32, 9, 9], depthwise, at, [32, 1, 3, 3]));
  assert.deepEqual(one.shape, [1, 9, 9]);
  assert.deepEqual(one.notes, ['filter 20 alone']);
  const pooled = checked(excerpt('MaxPool2d', [32, 9, 9], [32, 9, 9], WINDOW, at));
  assert.deepEqual(pooled.notes, ['map 20 alone']);
});

test('a large map is cut around the window, wherever that is', () => {
  const settings = { ...WINDOW, stride: [2, 2], groups: 1 };
  for (const [row, column] of [
    [0, 0],
    [30, 55],
    [55, 20],
    [55, 55],
    [16, 17],
  ]) {
    const at = { channel: 1, row, column };
    const found = checked(
      excerpt('Conv2d', [3, 112, 112], [4, 56, 56], settings, at, [4, 3, 3, 3]),
    );
    assert.ok(found.shape.every((size) => size <= 64));
    assert.match(found.notes.join(), /64 of 112|62 of 112/);
  }
});

test('what no cut holds is the window by itself', () => {
  const at = { channel: 1, row: 0, column: 50 };
  const around = { ...WINDOW, padding_mode: 'circular', groups: 1 };
  const wrapped = checked(
    excerpt('Conv2d', [3, 112, 112], [4, 112, 112], around, at, [4, 3, 3, 3]),
  );
  assert.deepEqual(wrapped.shape, [3, 3, 3]);
  assert.match(wrapped.notes.join(), /its window alone/);
  const share = { output_size: [28, 28] };
  const mean = checked(
    excerpt('AdaptiveAvgPool2d', [2, 112, 112], [2, 28, 28], share, {
      channel: 1,
      row: 3,
      column: 9,
    }),
  );
  assert.deepEqual(mean.shape, [1, 4, 4]);
  const far = { ...WINDOW, stride: [20, 20], groups: 1 };
  checked(
    excerpt(
      'Conv2d',
      [3, 112, 112],
      [4, 6, 6],
      far,
      { channel: 1, row: 2, column: 3 },
      [4, 3, 3, 3],
    ),
  );
});

test('a kernel that the Lab has not is left where it is, and padding that a maximum does not see', () => {
  const patch = { ...WINDOW, kernel_size: [16, 16], stride: [16, 16], padding: [0, 0], groups: 1 };
  const at = { channel: 0, row: 1, column: 1 };
  assert.equal(excerpt('Conv2d', [3, 112, 112], [4, 7, 7], patch, at, [4, 3, 16, 16]).found, null);
  const pool = { ...WINDOW, stride: [20, 20] };
  assert.equal(excerpt('MaxPool2d', [3, 112, 112], [3, 6, 6], pool, { ...at, row: 0 }).found, null);
});

test('where the Lab refuses a layer’s settings, the window goes there by itself', () => {
  const wide = { ...WINDOW, kernel_size: [2, 2], padding: [2, 2] };
  const { notes } = checked(
    excerpt('AvgPool2d', [2, 8, 8], [2, 11, 11], wide, { channel: 1, row: 1, column: 1 }),
  );
  assert.deepEqual(notes, ['map 1 alone', 'its window alone']);
});

test('a norm is called a norm, and goes into the Lab as one', () => {
  const role = () => 'Keeps the norm of each window.';
  const kind = windowed({ kind: 'LPPool2d', operation: 'lp', role });
  const at = { channel: 1, row: 4, column: 0 };
  const sides = [1, 2, 3].map((norm_type) => {
    const settings = { ...WINDOW, stride: [20, 20], norm_type };
    const { trace, sentence } = made(kind, [2, 112, 112], [2, 6, 6], settings, at);
    const inTheLab = checked({ found: excerptOf(trace), value: trace.value });
    assert.equal(sentence, 'the norm of the 6 values inside');
    assert.deepEqual([inTheLab.shape, inTheLab.settings.norm_type], [[1, 3, 3], norm_type]);
    const { before, behind } = trace.equation.way;
    return [before, behind];
  });
  assert.deepEqual(sides, [
    ['Σ |x|', ''],
    ['√ Σ x²', ''],
    ['(Σ |x|^3)', '^ 1/3'],
  ]);
});

test('a pooling puts the terms of its window together in its own way', () => {
  const tex = OPERATIONS.flatMap(({ name, pooled }) => {
    if (!pooled) return [];
    const way = { divisor: 4, normType: 3 };
    const { operation } = pooled.alone(way);
    assert.ok(name.endsWith(operation), `${name}: the window by itself is pooled the same way`);
    return [`${pooled.word} ${pooled.tex(['1', '-2'], way)}`];
  });
  assert.deepEqual(
    [...new Set(tex)],
    [
      'max \\max(1,\\; -2)',
      'mean \\tfrac{1}{4}(1 + -2)',
      'norm \\Big(|1|^{3} + |-2|^{3}\\Big)^{1/3}',
    ],
  );
});
