import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  outcome,
  withOperation,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import {
  settingText,
  settingsDifference,
} from '../../../../static/js/core/experiment/difference.js';
import { combinationsOf, sweepOf } from '../../../../static/js/core/sweep/sweep.js';
import { onInput } from '../made.js';

/** @type {import('../../../../static/js/core/sweep/sweep.js').SweepRanges} */
const NONE = { kernel_size: null, stride: null, padding: null, dilation: null, ceil_mode: null };

test('a row for each combination, in the order of the API', () => {
  const ranges = { ...NONE, stride: [1, 2], padding: [0, /** @type {const} */ ('same')] };
  const rows = sweepOf(EXAMPLE, ranges);
  assert.equal(combinationsOf(EXAMPLE, ranges), 4);
  assert.deepEqual(
    rows.map(({ stride, padding, output_size }) => [stride, padding, output_size]),
    [
      [1, 0, [6, 6]],
      [1, 'same', [8, 8]],
      [2, 0, [3, 3]],
      [2, 'same', null],
    ],
  );
  assert.equal(
    rows[3].reason,
    "padding 'same' keeps the size, which a stride of 2×2 does not. Use stride 1, or give the " +
      'padding as numbers.',
  );
  assert.equal(rows[3].output, null);
  assert.deepEqual(
    rows.map(({ multiply_accumulates }) => multiply_accumulates),
    [324, 576, 81, 0],
  );
  assert.deepEqual(
    rows.map(({ isShown }) => isShown),
    [false, false, true, false],
  );
});

test('a row’s output is what opening it shows', () => {
  const ranges = { ...NONE, kernel_size: [1, 5, [2, 3]], dilation: [1, 2] };
  for (const row of sweepOf(onInput(2, 9, 8), ranges)) {
    const opened = outcome(row.experiment);
    assert.equal(opened.kind, row.reason === null ? 'computed' : 'refused');
    if (opened.kind === 'computed') assert.equal(row.output, opened.output);
    assert.deepEqual(row.output?.shape.slice(1) ?? null, row.output_size);
  }
});

test('a row that is impossible for its kernel alone has no output either', () => {
  const [row] = sweepOf(EXAMPLE, { ...NONE, kernel_size: [99] });
  assert.match(String(row.reason), /kernel height 99 spans 99/);
  assert.deepEqual([row.output, row.output_size], [null, null]);
});

test('poolings sweep ceil_mode too, a convolution has none', () => {
  const ranges = { ...NONE, ceil_mode: [false, true] };
  assert.equal(combinationsOf(EXAMPLE, ranges), 1);
  const rows = sweepOf(withOperation(EXAMPLE, 'max'), ranges);
  assert.deepEqual(
    rows.map(({ ceil_mode, output_size, multiply_accumulates }) => [
      ceil_mode,
      output_size,
      multiply_accumulates,
    ]),
    [
      [false, [3, 3], 0],
      [true, [4, 4], 0],
    ],
  );
  const bare = withSettings(withOperation(EXAMPLE, 'average'), {});
  assert.deepEqual(
    sweepOf(bare, NONE).map((row) => [row.kernel_size, row.ceil_mode]),
    [[[1, 1], false]],
  );
});

test('a transposed convolution multiplies at every input cell', () => {
  const spread = withOperation(EXAMPLE, 'conv_transpose2d');
  const [row] = sweepOf(spread, { ...NONE, stride: [] });
  assert.equal(row.multiply_accumulates, 9 * 64);
  assert.equal(row.isShown, true);
});

test('no sweep is endless', () => {
  const many = Array.from({ length: 30 }, (_, index) => index + 1);
  const ranges = { ...NONE, stride: many, dilation: many };
  assert.equal(combinationsOf(EXAMPLE, ranges), 900);
  assert.equal(sweepOf(EXAMPLE, ranges).length, 400);
});

test('settings are written as one writes them', () => {
  assert.deepEqual(
    [2, [3, 3], [3, 5], [null, 2], 'same', true, null, { top: 1, left: 2 }].map(settingText),
    ['2', '3', '3×5', 'input×2', 'same', 'true', 'none', 'top 1, left 2'],
  );
  assert.equal(
    settingsDifference({ stride: 2, padding: 1 }, { stride: 1, padding: [1, 1], dilation: 2 }),
    'stride is now 1. dilation is now 2.',
  );
});
