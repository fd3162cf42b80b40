import assert from 'node:assert/strict';
import test from 'node:test';

import {
  boxText,
  reachText,
  spreadText,
  statusText,
  stepText,
} from '../../../static/js/core/field_words.js';
import {
  areaOf,
  beyond,
  boxStatus,
  reachedBox,
  receptiveBox,
  spread,
} from '../../../static/js/core/receptive_field.js';
import { golden } from './golden.js';

/** @typedef {import('../../../static/js/core/receptive_field.js').Box} Box */

/** @param {number} top @param {number} left @param {number} bottom @param {number} right @returns {Box} */
const box = (top, left, bottom, right) => ({ top, left, bottom, right });

/** The part of a box in an image. @param {Box} box @param {number[]} image */
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
  const corner = receptiveBox(field, 0, 6);
  assert.deepEqual(corner, box(-3, 21, 7, 31));
  assert.deepEqual(beyond(corner, [28, 28]), box(3, 0, 0, 3));
  assert.deepEqual(beyond(box(-5, 2, -3, 4), [28, 28]), box(2, 0, 0, 0));
  assert.deepEqual(beyond(box(30, 30, 33, 34), [28, 28]), box(0, 0, 3, 4));
  assert.equal(
    boxText(corner, [28, 28]),
    'Rows 0 to 6, columns 21 to 27. Of padding: 3 above, 3 to the right.',
  );
  assert.equal(boxText(box(4, 5, 5, 9), [28, 28]), 'Row 4, columns 5 to 8.');
  assert.equal(boxText(box(-5, 2, -3, 4), [28, 28]), 'It sees nothing but padding.');
  assert.equal(boxText(box(2, 29, 3, 31), [28, 28]), 'It sees nothing but padding.');
});

test('a pixel reaches the units whose box holds it', () => {
  const fields = [
    ...golden('receptive_fields'),
    { name: 'all see the same', size: [4, 3], stride: [0, 0], padding: [1, -2] },
    { name: 'some pixels are skipped', size: [1, 2], stride: [3, 4], padding: [0, 1] },
  ];
  const extent = [5, 4];
  for (const { name, ...field } of fields) {
    for (let at = 0; at < 144; at += 1) {
      const pixel = { row: Math.floor(at / 12), column: at % 12 };
      const reached = reachedBox(field, pixel, extent);
      for (let place = 0; place < 20; place += 1) {
        const [row, column] = [Math.floor(place / 4), place % 4];
        const seen = receptiveBox(field, row, column);
        const sees =
          seen.top <= pixel.row &&
          pixel.row < seen.bottom &&
          seen.left <= pixel.column &&
          pixel.column < seen.right;
        const isIn =
          reached.top <= row &&
          row < reached.bottom &&
          reached.left <= column &&
          column < reached.right;
        assert.equal(isIn, sees, `${name}: ${row}, ${column}`);
      }
    }
  }
  assert.equal(areaOf(box(2, 3, 5, 7)), 12);
});

test('a status is said in words, the whole input by one of its own', () => {
  const whole = box(-1, 0, 28, 30);
  assert.equal(boxStatus({ status: 'exact' }, whole, [28, 28]), 'whole_input');
  for (const [side, value] of Object.entries({ top: 1, left: 1, bottom: 27, right: 27 })) {
    assert.equal(boxStatus({ status: 'exact' }, { ...whole, [side]: value }, [28, 28]), 'exact');
  }
  assert.equal(boxStatus({ status: 'upper_bound' }, whole, [28, 28]), 'upper_bound');
  assert.match(statusText('exact'), /^Exact: /);
  assert.match(statusText('upper_bound'), /^An upper bound: /);
  assert.match(statusText('whole_input'), /^The whole input: /);
  assert.match(statusText('data_dependent'), /^Depends on the data: /);
});

test('an effect is told by how many pixels have it', () => {
  const found = spread(Float32Array.of(0, 1, 0, 5, 0, 2, 1, 1), 4);
  assert.deepEqual(found, { count: 5, half: 1, largest: 5, strongest: { row: 0, column: 3 } });
  assert.equal(
    spreadText(found, 1024),
    '5 of 1,024 pixels move it; half of the effect is on 1. The strongest: row 0, column 3, 5.00.',
  );
  assert.equal(spread(Float32Array.of(1, 1, 1, 1, 1, 1), 3).half, 3);
  assert.match(spreadText(spread(new Float32Array(6), 3), 6), /^No pixel moves it/);
  assert.match(spreadText(spread(Float32Array.of(0, 2), 2), 1), /^1 of 1 pixel moves it;/);
  assert.equal(spreadText(spread(new Float32Array(6), 3), 0), 'No pixel moves it.');
});

test('what a pixel reaches is told as places', () => {
  assert.equal(reachText(box(2, 3, 5, 6), [28, 28]), '3 × 3 of 28 × 28');
  assert.equal(reachText(box(0, 0, 7, 7), [7, 7]), 'all 7 × 7');
  assert.equal(reachText(box(0, 0, 1, 1), [1, 1]), 'every unit');
  assert.equal(reachText(box(0, 0, 0, 0), [7, 7]), 'none');
});

test('how far apart units look is said of those that lie beside each other', () => {
  const receptive_field = { stride: [4, 4] };
  assert.equal(stepText({ output_shape: [8, 7, 7], receptive_field }), ', step 4 × 4');
  assert.equal(stepText({ output_shape: [128], receptive_field }), '');
  assert.equal(stepText({ output_shape: [128, 1, 1], receptive_field }), '');
  assert.equal(stepText({ output_shape: [8, 7, 7], receptive_field: { stride: [0, 0] } }), '');
  assert.equal(stepText({ output_shape: [8, 7, 7], receptive_field: null }), '');
});
