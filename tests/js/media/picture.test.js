import assert from 'node:assert/strict';
import { test } from 'node:test';

import { toColour, toGrey, toInk } from '../../../static/js/media/picture.js';

/**
 * @param {number} width
 * @param {number} height
 * @param {(x: number, y: number) => [number, number, number]} colour
 */
function rgba(width, height, colour) {
  const values = Array.from({ length: width * height }, (_, i) => [
    ...colour(i % width, Math.floor(i / width)),
    255,
  ]);
  return Uint8ClampedArray.from(values.flat());
}

test('dark strokes on bright paper become ink, bright ones on a dark ground stay', () => {
  const isInk = (/** @type {number} */ x) => x > 2 && x < 5;
  const dark = rgba(8, 6, (x, y) => (isInk(x) && isInk(y) ? [0, 0, 0] : [255, 255, 255]));
  const bright = rgba(8, 6, (x, y) => (isInk(x) && isInk(y) ? [255, 255, 255] : [0, 0, 0]));
  const a = toInk(toGrey(dark, 8, 6));
  assert.equal(a.pixels[3 * 8 + 3], 255);
  assert.equal(a.pixels[0], 0);
  assert.ok(a.isBright);
  assert.deepEqual(toInk(toGrey(bright, 8, 6)), { ...a, isBright: false });
});

test('the planes of red, green and blue, row by row', () => {
  const { shape, data } = toColour(
    rgba(2, 2, (x, y) => [10 * x, 20 * y, 7]),
    2,
    2,
  );
  assert.deepEqual(shape, [3, 2, 2]);
  assert.deepEqual([...data], [0, 10, 0, 10, 0, 0, 20, 20, 7, 7, 7, 7]);
});

test('colours become their luma', () => {
  const { pixels } = toGrey(
    rgba(1, 3, (_, y) => [y === 0 ? 255 : 0, y === 1 ? 255 : 0, y === 2 ? 255 : 0]),
    1,
    3,
  );
  assert.deepEqual([...pixels], [76, 150, 29]);
});
