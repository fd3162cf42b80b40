import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  OPERATION_NAMES,
  withInput,
  withOperation,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import { axesOf } from '../../../../static/js/core/operations/registry.js';
import { shifted, shiftedInput } from '../../../../static/js/core/compare/shift.js';
import { numbers, onInput } from '../made.js';

/** @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment */
/** @typedef {import('../../../../static/js/core/settings.js').LayerSettings} LayerSettings */

/**
 * @param {Experiment} experiment
 * @param {number} rows
 * @param {number} columns
 */
function shiftedBy(experiment, rows, columns) {
  const found = shifted(experiment, { rows, columns });
  assert.ok(found);
  return found;
}

/** @param {Experiment} experiment @param {LayerSettings} settings */
const set = (experiment, settings) =>
  withSettings(experiment, { ...experiment.settings, ...settings });

test('what leaves the input is lost, or comes back on the other side', () => {
  const values = { shape: [1, 2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
  const lost = shiftedInput(values, { rows: 1, columns: -1 }, false);
  assert.deepEqual(Array.from(lost.data), [0, 0, 0, 2, 3, 0]);
  const round = shiftedInput(values, { rows: 1, columns: -1 }, true);
  assert.deepEqual(Array.from(round.data), [5, 6, 4, 2, 3, 1]);
});

test('a convolution’s output shifts with its input, wherever the same pixels are under the window', () => {
  const still = set(onInput(2, 9, 8), { stride: 1, padding: 1 });
  const { by, isWhole, largest, largestInside, inside, difference } = shiftedBy(still, 1, 2);
  assert.deepEqual([by, isWhole], [{ rows: 1, columns: 2 }, true]);
  assert.equal(largestInside, 0);
  assert.ok(largest > 0.1, 'the border differs: zeros came in');
  assert.equal(
    inside.reduce((count, one) => count + one, 0),
    6 * 4,
  );
  assert.ok(Number.isNaN(difference.data[0]));
});

test('with circular padding it shifts everywhere', () => {
  const round = set(onInput(1, 6, 6), { stride: 1, padding: 'same', padding_mode: 'circular' });
  const { largest, isWhole } = shiftedBy(round, 2, -1);
  assert.deepEqual([largest < 1e-12, isWhole], [true, true]);
});

test('a stride of two follows shifts of two, and not of one', () => {
  const strided = set(onInput(1, 9, 9), { stride: 2 });
  const two = shiftedBy(strided, 2, 0);
  assert.deepEqual([two.by, two.isWhole, two.largestInside], [{ rows: 1, columns: 0 }, true, 0]);
  const one = shiftedBy(strided, 1, 0);
  assert.deepEqual([one.by, one.isWhole], [{ rows: 0.5, columns: 0 }, false]);
  assert.ok(one.largest > 0.1);
  assert.equal(
    one.inside.every((cell) => cell === 0),
    true,
  );
});

test('a max pooling keeps what a small shift leaves in its windows', () => {
  const dots = new Float64Array(64);
  dots[1 * 8 + 1] = 1;
  dots[5 * 8 + 4] = 1;
  const pooled = set(withOperation(withInput(EXAMPLE, { shape: [1, 8, 8], data: dots }), 'max'), {
    kernel_size: 4,
    stride: 4,
  });
  assert.equal(shiftedBy(pooled, 1, 1).unchanged, 4);
  assert.equal(shiftedBy(pooled, 3, 0).unchanged, 1);
  const padded = set(pooled, { kernel_size: 2, dilation: 3, padding: 2, stride: 4 });
  assert.equal(shiftedBy(padded, 0, 0).largest, 0);
});

test('the other operations move by what they make of a line', () => {
  const steps = OPERATION_NAMES.map((operation) => {
    const { height, width } = axesOf(
      set(withOperation(onInput(1, 6, 9), operation), { stride: [2, 1] }),
    );
    return [height.scale, width.scale];
  });
  assert.deepEqual(steps, [
    [0.5, 1],
    [2, 1],
    [0.5, 1],
    [0.5, 1],
    [0.5, 1],
    [0.5, 1 / 3],
    [0.5, 1 / 3],
    [1 / 6, 1 / 9],
    [1 / 6, 1 / 9],
  ]);
  const own = set(withOperation(onInput(1, 6, 9), 'adaptive_max'), { output_size: [null, null] });
  const { height, width } = axesOf(own);
  assert.deepEqual([height.scale, width.scale], [1, 1]);
  for (const operation of OPERATION_NAMES) {
    const { largestInside } = shiftedBy(withOperation(onInput(1, 6, 9), operation), 2, 6);
    assert.ok(largestInside < 1e-12, operation);
  }
});

test('a transposed convolution shifts by whole strides', () => {
  const spread = withOperation(onInput(1, 5, 5), 'conv_transpose2d');
  const { by, isWhole, inside, largestInside } = shiftedBy(spread, 1, 0);
  assert.deepEqual([by, isWhole, largestInside], [{ rows: 2, columns: 0 }, true, 0]);
  assert.ok(inside.some((cell) => cell === 1));
});

test('what has no output has none when shifted', () => {
  assert.equal(shifted(withInput(EXAMPLE, numbers(1, 2, 2)), { rows: 1, columns: 0 }), null);
});
