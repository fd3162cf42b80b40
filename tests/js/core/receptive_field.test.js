import assert from 'node:assert/strict';
import test from 'node:test';

import { receptiveBox } from '../../../static/js/core/receptive_field.js';
import { golden } from './golden.js';

/** The part of a box in an image. @param {import('../../../static/js/core/receptive_field.js').Box} box @param {number[]} image */
function within(box, [height, width]) {
  const clip = (/** @type {number} */ value, /** @type {number} */ end) =>
    Math.min(Math.max(value, 0), end);
  const [top, bottom] = [clip(box.top, height), clip(box.bottom, height)];
  return { top, left: clip(box.left, width), bottom, right: clip(box.right, width) };
}

test('boxes are what gradients reach', () => {
  for (const { name, image, cells, ...field } of golden('receptive_fields')) {
    for (const { row, column, box } of cells) {
      const seen = within(receptiveBox(field, row, column), image);
      assert.deepEqual(seen, box, name);
    }
  }
});

test('the part in padding is part of the box', () => {
  const field = { size: [10, 10], stride: [4, 4], padding: [3, 3] };
  assert.deepEqual(receptiveBox(field, 0, 6), { top: -3, left: 21, bottom: 7, right: 31 });
});
