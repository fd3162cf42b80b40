import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  withOperation,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import { refusalOf } from '../../../../static/js/core/operations/registry.js';
import { shortReason } from '../../../../static/js/core/experiment/short_reason.js';
import { sweepOf } from '../../../../static/js/core/sweep/sweep.js';
import {
  choicesOf,
  gridsOf,
  rangeNames,
  rangesAround,
  withChoice,
} from '../../../../static/js/core/sweep/grid.js';

/** @type {import('../../../../static/js/core/sweep/sweep.js').SweepRanges} */
const RANGES = {
  kernel_size: null,
  stride: [1, 2],
  padding: [0, 'same'],
  dilation: null,
  ceil_mode: null,
};

test('a sweep is a grid of strides and paddings for each kernel size, dilation and rounding', () => {
  const [grid, ...more] = gridsOf(sweepOf(EXAMPLE, RANGES));
  assert.equal(more.length, 0);
  assert.deepEqual([grid.kernel, grid.dilation, grid.isCeil], ['3', '1', false]);
  assert.deepEqual(grid.paddings, ['0', 'same']);
  assert.deepEqual(
    grid.lines.map(({ stride, cells }) => [stride, cells.map(({ output_size: size }) => size)]),
    [
      [
        '1',
        [
          [6, 6],
          [8, 8],
        ],
      ],
      ['2', [[3, 3], null]],
    ],
  );
  const pooling = withOperation(EXAMPLE, 'max');
  const many = { ...RANGES, kernel_size: [2, 3], dilation: [1, 2], ceil_mode: [false, true] };
  const grids = gridsOf(sweepOf(pooling, many));
  assert.equal(grids.length, 8);
  assert.equal(new Set(grids.map(({ key }) => key)).size, 8);
  assert.deepEqual([grids[7].kernel, grids[7].dilation, grids[7].isCeil], ['3', '2', true]);
});

test('settings that are no single number are written as they are', () => {
  const padding = { top: 1, bottom: 0, left: 2, right: 0 };
  const split = withSettings(EXAMPLE, { ...EXAMPLE.settings, stride: [1, 2], padding });
  const [grid] = gridsOf(sweepOf(split, { ...RANGES, stride: null, padding: null }));
  assert.deepEqual([grid.paddings, grid.lines[0].stride], [['1, 0, 2, 0'], '1 × 2']);
  const pooling = withOperation(EXAMPLE, 'max');
  const byKernel = withSettings(pooling, { ...pooling.settings, stride: null });
  const [own] = gridsOf(sweepOf(byKernel, { ...RANGES, stride: null }));
  assert.equal(own.lines[0].stride, 'kernel');
});

test('a sweep goes through the present settings too', () => {
  const now = withSettings(EXAMPLE, { ...EXAMPLE.settings, stride: 5, padding: 1, dilation: 2 });
  assert.deepEqual(rangesAround(now, RANGES), {
    kernel_size: null,
    stride: [1, 2, 5],
    padding: [0, 1, 'same'],
    dilation: null,
    ceil_mode: null,
  });
  const same = withSettings(EXAMPLE, { ...EXAMPLE.settings, stride: 1, padding: 'same' });
  assert.deepEqual(rangesAround(same, { ...RANGES, padding: [0, 3] }).padding, [0, 3, 'same']);
  const split = withSettings(EXAMPLE, { ...EXAMPLE.settings, stride: [1, 2] });
  assert.deepEqual(rangesAround(split, RANGES).stride, [1, 2]);
});

test('what may be chosen is there once, in order, and the present value is always on', () => {
  const padding = choicesOf(EXAMPLE, { ...RANGES, padding: [2, 7] }, 'padding');
  assert.deepEqual(
    padding.map(({ value }) => value),
    [0, 1, 2, 3, 4, 7, 'same'],
  );
  assert.deepEqual(
    padding.filter(({ isOn }) => isOn).map(({ value }) => value),
    [0, 2, 7],
  );
  assert.deepEqual(
    padding.filter(({ isNow }) => isNow).map(({ value }) => value),
    [0],
  );
  const split = withSettings(EXAMPLE, { ...EXAMPLE.settings, kernel_size: [1, 3] });
  assert.ok(choicesOf(split, RANGES, 'kernel_size').every(({ isOn }) => !isOn));
  const pooling = withOperation(EXAMPLE, 'average');
  assert.deepEqual(choicesOf(pooling, RANGES, 'ceil_mode'), [
    { value: false, isNow: true, isOn: true },
    { value: true, isNow: false, isOn: false },
  ]);
  assert.ok(
    choicesOf(EXAMPLE, { ...RANGES, dilation: [99] }, 'dilation').every(
      ({ value }) => value !== 99,
    ),
  );
});

test('a value is taken in and put out again', () => {
  const wider = withChoice(EXAMPLE, RANGES, 'kernel_size', 5);
  assert.deepEqual(wider.kernel_size, [3, 5]);
  assert.deepEqual(withChoice(EXAMPLE, wider, 'kernel_size', 5).kernel_size, [3]);
  assert.equal(withChoice(EXAMPLE, { ...RANGES, stride: [1] }, 'stride', 1).stride, null);
  assert.deepEqual(withChoice(EXAMPLE, RANGES, 'padding', 1).padding, [0, 1, 'same']);
  const split = withSettings(EXAMPLE, { ...EXAMPLE.settings, dilation: [1, 2] });
  assert.deepEqual(withChoice(split, RANGES, 'dilation', 3).dilation, [3]);
});

test('only a pooling is rounded up', () => {
  assert.deepEqual(rangeNames(EXAMPLE), ['kernel_size', 'stride', 'padding', 'dilation']);
  assert.ok(rangeNames(withOperation(EXAMPLE, 'lp')).includes('ceil_mode'));
});

test('a refusal has a short form', () => {
  /** @type {[import('../../../../static/js/core/experiment/experiment.js').Operation, object, string][]} */
  const cases = [
    ['conv2d', { padding: 'same', stride: 2 }, 'same needs stride 1'],
    ['conv2d', { kernel_size: 9 }, 'kernel too large'],
    ['conv2d', { kernel_size: 3, padding: 8, padding_mode: 'reflect' }, 'too much to reflect'],
    ['conv2d', { kernel_size: 3, padding: 9, padding_mode: 'circular' }, 'wraps more than once'],
    ['max', { kernel_size: 2, padding: 2 }, 'padding beyond kernel'],
    ['conv_transpose2d', { kernel_size: 1, padding: 4 }, 'nothing is left'],
    ['conv_transpose2d', { output_padding: 1 }, 'output padding too large'],
    ['conv2d', { groups: 3 }, 'impossible'],
  ];
  for (const [operation, settings, short] of cases) {
    const refusal = refusalOf({ operation, settings, shape: [1, 8, 8], outChannels: 1 });
    assert.ok(refusal);
    assert.equal(shortReason(refusal.sentence), short);
  }
});
