import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DIVERGING_ZERO } from '../../../static/js/core/colour.js';
import { resample } from '../../../static/js/core/drawing/resample.js';
import { paintChannel, paintMaps } from '../../../static/js/render/maps.js';
import { isSameScale } from '../../../static/js/render/scale.js';

const [table, other] = [Uint32Array.of(1, 2, 3), Uint32Array.of(1, 2, 3)];
const limits = (/** @type {number[]} */ ...values) => Float32Array.from(values);
const grey = { table, zeros: [0], spans: [1] };

test('scales of the same colours and the same limits paint alike', () => {
  assert.ok(isSameScale({ table, limits: limits(1, 2) }, { table, limits: limits(1, 2) }));
  assert.ok(isSameScale(grey, { table, zeros: [0], spans: [1] }));
});

test('other colours, other limits, fewer of them, or another kind of scale paint otherwise', () => {
  const scale = { table, limits: limits(1, 2) };
  for (const another of [
    { table: other, limits: limits(1, 2) },
    { table, limits: limits(1, 3) },
    { table, limits: limits(1) },
    { table, limits: limits(1, 2, 3) },
    grey,
  ]) {
    assert.ok(!isSameScale(scale, another));
    assert.ok(!isSameScale(another, scale));
  }
  assert.ok(!isSameScale(grey, { table, zeros: [1], spans: [1] }));
  assert.ok(!isSameScale(grey, { table, zeros: [0], spans: [2] }));
});

/** Ten maps in rows of three, 2 pixels apart. @param {number} side  pixels of one */
const blockOf = (side) =>
  /** @type {import('../../../static/js/core/layers/layout.js').Block} */ ({
    kind: 'maps',
    count: 10,
    gridColumns: 3,
    gridRows: 4,
    cellWidth: side,
    cellHeight: side,
    gap: 2,
    width: 3 * side + 4,
    height: 4 * side + 6,
  });

/** Ten maps of some size, no two values alike. @param {number} size */
const mapsOfSize = (size) => ({
  data: Float32Array.from({ length: 10 * size * size }, (_, i) => Math.sin(i * i)),
  shape: [10, size, size],
});

const UNTOUCHED = 0xabcdef;

/** The colour of every pixel, found one by one. @param {number} size @param {ReturnType<typeof blockOf>} block @param {import('../../../static/js/render/scale.js').Diverging} scale */
function onePixelAtATime(size, block, scale) {
  const { cellWidth: side, width, height } = block;
  const { data } = mapsOfSize(size);
  const pixels = new Uint32Array(width * height).fill(UNTOUCHED);
  const resized = new Float32Array(side * side);
  for (let c = 0; c < block.count; c += 1) {
    resample(data, c * size * size, size, size, side, side, new Float32Array(size * side), resized);
    const [left, top] = [(c % 3) * (side + 2), Math.floor(c / 3) * (side + 2)];
    const middle = (scale.table.length - 1) / 2;
    for (let i = 0; i < side * side; i += 1) {
      const entry = Math.floor((resized[i] * middle) / scale.limits[c] + middle + 0.5);
      const clamped = Math.min(scale.table.length - 1, Math.max(0, entry));
      pixels[(top + Math.floor(i / side)) * width + left + (i % side)] = scale.table[clamped];
    }
  }
  return pixels;
}

/** As many colours as the page has, the middle one of 0; the first limit is too small for its values. */
const wide = {
  table: Uint32Array.from({ length: 2 * DIVERGING_ZERO + 1 }, (_, i) => 7 * i + 1),
  limits: Float32Array.from({ length: 10 }, (_, c) => 0.5 + c),
};

test('maps of every size have the colour of what each pixel covers, and nothing else is touched', () => {
  for (const [size, side] of [
    [7, 42],
    [14, 42],
    [28, 42],
    [28, 10],
    [5, 5],
  ]) {
    const block = blockOf(side);
    const pixels = new Uint32Array(block.width * block.height).fill(UNTOUCHED);
    paintMaps(pixels, block, mapsOfSize(size), wide);
    assert.deepEqual(pixels, onePixelAtATime(size, block, wide), `${size} → ${side}`);
    const rows = new Uint32Array(block.width * (2 * side + 2)).fill(UNTOUCHED);
    paintMaps(rows, block, mapsOfSize(size), wide, { first: 1, count: 2 });
    const from = (side + 2) * block.width;
    assert.deepEqual(rows, pixels.slice(from, from + rows.length), 'some rows are as in the whole');
  }
});

test('one map of a picture leaves what is beside it as it was', () => {
  const [size, side, stride] = [7, 21, 50];
  const tensor = mapsOfSize(size);
  const pixels = new Uint32Array(stride * 30).fill(UNTOUCHED);
  const rect = { left: 11, top: 4, width: side, height: side };
  paintChannel(pixels, stride, rect, tensor, 3, wide);
  const block = blockOf(side);
  const whole = new Uint32Array(block.width * block.height);
  paintMaps(whole, block, tensor, wide);
  for (const [i, pixel] of pixels.entries()) {
    const [x, y] = [(i % stride) - rect.left, Math.floor(i / stride) - rect.top];
    const isInside = x >= 0 && x < side && y >= 0 && y < side;
    // The fourth map begins the second row.
    const wanted = isInside ? whole[(side + 2 + y) * block.width + x] : UNTOUCHED;
    assert.equal(pixel, wanted, `${x}, ${y}`);
  }
});
