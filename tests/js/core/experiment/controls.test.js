import assert from 'node:assert/strict';
import test from 'node:test';

import { operationNamed, refusalOf } from '../../../../static/js/core/operations/registry.js';
import { withValue } from '../../../../static/js/core/experiment/control_range.js';
import {
  isSplit,
  joined,
  paddedAs,
  paddingKindOf,
  slidersOf,
  whyNot,
} from '../../../../static/js/core/experiment/controls.js';
import {
  EXAMPLE,
  withInputSize,
  withOperation,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';

const TOGETHER = { isApart: false, isBySide: false };
const APART = { isApart: true, isBySide: false };
const BY_SIDE = { isApart: false, isBySide: true };

/** @param {import('../../../../static/js/core/settings.js').LayerSettings} settings */
const example = (settings) => withSettings(EXAMPLE, { ...EXAMPLE.settings, ...settings });

test('every operation has the settings it reads', () => {
  assert.ok(operationNamed('conv2d').fields.includes('padding_mode'));
  assert.ok(operationNamed('conv_transpose2d').fields.includes('output_padding'));
  assert.deepEqual(operationNamed('global_max').fields, []);
  assert.ok(operationNamed('average').fields.includes('divisor_override'));
});

test('a slider ends at the last possible value and says why', () => {
  for (const operation of /** @type {const} */ (['conv2d', 'conv_transpose2d', 'max', 'lp'])) {
    const experiment = withOperation(EXAMPLE, operation);
    for (const field of /** @type {const} */ (['kernel_size', 'stride', 'padding', 'dilation'])) {
      for (const apart of [TOGETHER, APART, BY_SIDE]) {
        for (const slider of slidersOf(experiment, field, apart)) {
          const { part, least, most, scale, above, below } = slider;
          const why = (/** @type {number} */ value) =>
            refusalOf({
              operation,
              settings: withValue(experiment.settings, field, part, value),
              shape: experiment.input.shape,
              outChannels: 1,
            })?.sentence;
          assert.equal(why(least), undefined);
          assert.equal(why(most), undefined);
          assert.ok(most <= scale && above.length > 0 && below.length > 0);
          if (most < scale) assert.equal(why(most + 1), above);
        }
      }
    }
  }
});

test('a slider leaves room behind its end, except at the very last', () => {
  const [dilation] = slidersOf(EXAMPLE, 'dilation', TOGETHER);
  assert.deepEqual([dilation.value, dilation.most, dilation.scale], [1, 3, 6]);
  const [stride] = slidersOf(EXAMPLE, 'stride', TOGETHER);
  assert.deepEqual([stride.most, stride.scale], [16, 16]);
  const [size] = slidersOf(EXAMPLE, 'kernel_size', TOGETHER);
  assert.deepEqual([size.floor, size.most, size.scale], [1, 8, 10]);
  const larger = withInputSize(EXAMPLE, 10, 10);
  const [nearly] = slidersOf(larger, 'kernel_size', TOGETHER);
  assert.deepEqual([nearly.most, nearly.scale], [10, 11]);
});

test('a slider stands still where nothing helps', () => {
  const input = { shape: [1, 1, 8], data: new Float64Array(8) };
  const stuck = { ...EXAMPLE, input };
  const [slider] = slidersOf(stuck, 'stride', TOGETHER);
  assert.deepEqual([slider.least, slider.value, slider.most], [2, 2, 2]);
  assert.match(slider.above, /No other value helps/);
});

test('height and width stand apart where they differ', () => {
  assert.equal(isSplit(EXAMPLE.settings), false);
  assert.equal(isSplit({ ...EXAMPLE.settings, stride: [1, 2] }), true);
  assert.equal(isSplit({ ...EXAMPLE.settings, padding: [1, 2] }), true);
  assert.equal(
    isSplit({ ...EXAMPLE.settings, padding: { top: 1, bottom: 0, left: 2, right: 0 } }),
    false,
  );
  const parts = slidersOf(example({ stride: [1, 2] }), 'stride', APART);
  assert.deepEqual(
    parts.map(({ part, value }) => [part, value]),
    [
      ['height', 1],
      ['width', 2],
    ],
  );
});

test('together again, the width takes the numbers of the height', () => {
  const settings = { ...EXAMPLE.settings, stride: [1, 2], padding: [2, 1] };
  const { stride, padding, dilation } = joined(settings);
  assert.deepEqual([stride, padding, dilation], [1, 2, 1]);
  const sides = { top: 1, bottom: 0, left: 2, right: 0 };
  assert.equal(joined({ ...settings, padding: sides }).padding, sides);
  assert.equal(joined({ ...settings, padding: 'same' }).padding, 'same');
});

test('a padding is given in four ways', () => {
  assert.equal(paddingKindOf({}, false), 'number');
  assert.equal(paddingKindOf({ padding: 'same' }, true), 'same');
  assert.equal(paddingKindOf({ padding: 'valid' }, false), 'valid');
  assert.equal(paddingKindOf({ padding: [1, 2] }, false), 'number');
  assert.equal(paddingKindOf({ padding: 1 }, true), 'sides');
  assert.equal(
    paddingKindOf({ padding: { top: 1, bottom: 1, left: 2, right: 2 } }, false),
    'number',
  );
  assert.equal(paddingKindOf({ padding: { top: 1 } }, false), 'sides');
  const sides = slidersOf(example({ padding: 1 }), 'padding', BY_SIDE);
  assert.deepEqual(
    sides.map(({ part, value }) => [part, value]),
    [
      ['top', 1],
      ['bottom', 1],
      ['left', 1],
      ['right', 1],
    ],
  );
});

test('a padding given another way keeps its numbers', () => {
  const { settings } = EXAMPLE;
  const even = { ...settings, kernel_size: [4, 4], stride: 1, padding: 'same' };
  assert.deepEqual(paddedAs(even, 'sides').padding, { top: 1, bottom: 2, left: 1, right: 2 });
  assert.equal(paddedAs(even, 'number').padding, 1);
  assert.deepEqual(paddedAs({ ...settings, padding: [1, 2] }, 'number').padding, [1, 2]);
  assert.equal(paddedAs(settings, 'valid').padding, 'valid');
});

test('what is impossible is refused with its reason', () => {
  assert.match(String(whyNot(EXAMPLE, paddedAs(EXAMPLE.settings, 'same'))), /stride of 2×2/);
  assert.equal(whyNot(EXAMPLE, { ...EXAMPLE.settings, padding_mode: 'reflect' }), null);
  const wide = { ...EXAMPLE.settings, padding: 8, padding_mode: 'reflect' };
  assert.match(String(whyNot(EXAMPLE, wide)), /Reflect padding of 8/);
});
