import assert from 'node:assert/strict';
import test from 'node:test';

import { clipBox, receptiveBox } from '../../../static/js/core/receptive_field.js';
import { golden } from './golden.js';

test('boxes are what gradients reach', () => {
  for (const { name, image, cells, ...field } of golden('receptive_fields')) {
    for (const { row, column, box } of cells) {
      const seen = clipBox(receptiveBox(field, row, column), image[0], image[1]);
      assert.deepEqual(seen, box, name);
    }
  }
});

test('the part in padding is part of the box', () => {
  const field = { size: [10, 10], stride: [4, 4], padding: [3, 3] };
  assert.deepEqual(receptiveBox(field, 0, 6), { top: -3, left: 21, bottom: 7, right: 31 });
});

test('a box beside the image is empty', () => {
  const box = clipBox({ top: -9, left: 30, bottom: -2, right: 40 }, 28, 28);
  assert.deepEqual(box, { top: 0, left: 28, bottom: 0, right: 28 });
});
