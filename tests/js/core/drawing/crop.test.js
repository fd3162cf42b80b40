import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  SMALLEST,
  WHOLE,
  cropBox,
  movedCrop,
  sizedCrop,
} from '../../../../static/js/core/drawing/crop.js';
import {
  alterationFrom,
  alterationText,
  cropFrom,
  cropText,
} from '../../../../static/js/core/drawing/input_text.js';
import { changedClasses } from '../../../../static/js/core/changed_classes.js';
import { randomNumbers } from '../random.js';

const [PICTURE, INPUT] = [
  [300, 451],
  [224, 224],
];

test('all that fits lies in the middle', () => {
  assert.deepEqual(cropBox(WHOLE, PICTURE, INPUT), { top: 0, left: 75, bottom: 300, right: 375 });
  assert.deepEqual(cropBox(WHOLE, [1, 4000], INPUT), {
    top: 0,
    left: 1999,
    bottom: 1,
    right: 2000,
  });
  const wide = cropBox({ x: 0, y: 1, size: 0.5 }, PICTURE, [100, 200]);
  assert.deepEqual(wide, { top: 187, left: 0, bottom: 300, right: 226 });
});

test('a crop goes as many pixels as it is moved, and no further than the picture', () => {
  const random = randomNumbers(8);
  for (let round = 0; round < 300; round += 1) {
    const crop = { x: random(), y: random(), size: 0.3 + 0.7 * random() };
    const by = /** @type {const} */ ([
      Math.round(99 * (random() - 0.5)),
      Math.round(99 * (random() - 0.5)),
    ]);
    const [before, after] = [crop, movedCrop(crop, by, PICTURE, INPUT)].map((each) =>
      cropBox(each, PICTURE, INPUT),
    );
    const [rows, columns] = [before.bottom - before.top, before.right - before.left];
    const inside = (/** @type {number} */ value, /** @type {number} */ room) =>
      Math.min(room, Math.max(0, value));
    assert.equal(after.left, inside(before.left + by[0], 451 - columns));
    assert.equal(after.top, inside(before.top + by[1], 300 - rows));
  }
  assert.equal(movedCrop(WHOLE, [0, 5], PICTURE, INPUT).y, 0.5);
});

test('another size has the same middle where there is room', () => {
  const small = sizedCrop(WHOLE, 0.5, PICTURE, INPUT);
  assert.deepEqual(cropBox(small, PICTURE, INPUT), { top: 75, left: 150, bottom: 225, right: 300 });
  assert.equal(sizedCrop(small, 9, PICTURE, INPUT).size, 1);
  assert.equal(sizedCrop(small, 0.01, PICTURE, INPUT).size, SMALLEST);
});

test('what a link says of the input comes back, and what it cannot say is none', () => {
  const altered = { right: -3, down: 7, turn: 12.5, noise: 0.25 };
  assert.deepEqual(alterationFrom(alterationText(altered)), altered);
  for (const text of ['', '1_2_3', '1_2_3_4', '1_2_3_-0.5', '1.5_2_3_0', '1__3_0', '1_2_200_0'])
    assert.equal(alterationFrom(text), null, text);
  const crop = { x: 0.25, y: 0.33333, size: 0.8 };
  assert.deepEqual(cropFrom(cropText(crop)), crop);
  for (const text of ['', '0.5_0.5', '0.5_0.5_0', '0.5_-0.1_1', '2_0_1'])
    assert.equal(cropFrom(text), null, text);
});

test('the likeliest classes before or now are compared', () => {
  const found = changedClasses([0.1, 0.7, 0.2, 0], [0.05, 0.1, 0.25, 0.6], ['a', 'b', 'c', 'd'], 3);
  assert.deepEqual(found, [
    { label: 'b', before: 0.7, now: 0.1 },
    { label: 'd', before: 0, now: 0.6 },
    { label: 'c', before: 0.2, now: 0.25 },
  ]);
});
