import assert from 'node:assert/strict';
import test from 'node:test';

import { refusalOf } from '../../../../static/js/core/operations/registry.js';
import { LAB_CAPS } from '../../../../static/js/core/limits.js';
import { windowAxes } from '../../../../static/js/core/operations/axis.js';
import { readSettings } from '../../../../static/js/core/settings.js';
import { waysOut } from '../../../../static/js/core/experiment/ways_out.js';
import { unreadLines } from '../../../../static/js/core/operations/window.js';
import { golden } from '../golden.js';

/** @param {object} settings @returns {import('../../../../static/js/core/experiment/control_range.js').Question} */
const question = (settings, operation = 'conv2d') => ({
  operation: /** @type {'conv2d' | 'max'} */ (operation),
  settings,
  shape: [1, 8, 9],
  outChannels: 1,
  caps: LAB_CAPS,
});

test('the column that the floor cuts off has its ways out', () => {
  const strided = { kernel_size: 3, stride: 2 };
  assert.deepEqual(waysOut(question(strided), 'height'), [
    {
      title: 'One more row of padding at the bottom',
      settings: { ...strided, padding: { top: 0, bottom: 1, left: 0, right: 0 } },
    },
    { title: 'Stride 1', settings: { ...strided, stride: [1, 2] } },
  ]);
  assert.deepEqual(waysOut(question(strided), 'width'), []);
  const pooled = waysOut(question({ kernel_size: 5, stride: 3 }, 'max'), 'width');
  assert.deepEqual(
    pooled.map(({ title }) => title),
    ['2 more columns of padding at the right', 'Round up: ceil_mode', 'Stride 2'],
  );
});

test('what is jumped over between windows is not mended by padding', () => {
  const jumping = { kernel_size: 1, stride: 3 };
  const titles = waysOut(question(jumping), 'width').map(({ title }) => title);
  assert.deepEqual(titles, ['Stride 1']);
});

test('every way out is possible and leaves no line unread', () => {
  for (const { axis, output, unread } of golden('pooling_axes')) {
    if (output === null) continue;
    const settings = {
      kernel_size: [1, axis.kernel_size],
      stride: [1, axis.stride],
      padding: [0, axis.padding_before],
      dilation: [1, axis.dilation],
      ceil_mode: axis.ceil_mode,
    };
    /** @type {import('../../../../static/js/core/experiment/control_range.js').Question} */
    const asked = {
      operation: 'max',
      settings,
      shape: [1, 1, axis.input],
      outChannels: 1,
      caps: LAB_CAPS,
    };
    const ways = waysOut(asked, 'width');
    if (unread.length === 0) assert.deepEqual(ways, []);
    for (const way of ways) {
      assert.equal(refusalOf({ ...asked, settings: way.settings }), null);
      const { width } = windowAxes(readSettings(way.settings), 1, axis.input);
      assert.deepEqual(unreadLines(width), []);
    }
  }
});
