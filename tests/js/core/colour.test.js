import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as colour from '../../../static/js/core/colour.js';

const BLUE = /** @type {const} */ ([33, 102, 172]);
const MIDDLE = /** @type {const} */ ([247, 247, 246]);
const RED = /** @type {const} */ ([188, 32, 46]);

const unpack = (/** @type {number} */ pixel) => [
  pixel & 255,
  (pixel >> 8) & 255,
  (pixel >> 16) & 255,
  pixel >>> 24,
];

test('a diverging table has its three colours at its ends and its middle', () => {
  const table = colour.divergingTable(BLUE, MIDDLE, RED);
  assert.equal(table.length, 255);
  assert.deepEqual(unpack(table[0]), [...BLUE, 255]);
  assert.deepEqual(unpack(table[127]), [...MIDDLE, 255]);
  assert.deepEqual(unpack(table[254]), [...RED, 255]);
});

test('lightness falls evenly from the middle to both ends', () => {
  const table = colour.divergingTable(BLUE, MIDDLE, RED);
  const green = Array.from(table, (pixel) => (pixel >> 8) & 255);
  for (let i = 128; i < 255; i += 1) assert.ok(green[i] <= green[i - 1]);
  for (let i = 127; i > 0; i -= 1) assert.ok(green[i - 1] <= green[i]);
});

test('a sequential table goes from zero to one', () => {
  const table = colour.sequentialTable([255, 255, 255], [20, 21, 22]);
  assert.equal(table.length, 256);
  assert.deepEqual(unpack(table[0]), [255, 255, 255, 255]);
  assert.deepEqual(unpack(table[255]), [20, 21, 22, 255]);
});

test('a mixed colour lies between, and a mix of one colour is that colour', () => {
  assert.deepEqual(colour.mix(BLUE, BLUE, 0.5), [...BLUE]);
  const [r] = colour.mix([0, 0, 0], [255, 255, 255], 0.5);
  assert.ok(r > 90 && r < 128, `Oklab's middle grey is darker than 128 in sRGB: ${r}`);
  assert.deepEqual(colour.mix([0, 0, 0], [1, 1, 1], 0.5), [0, 0, 0]);
});

test('the entry of a value: zero in the middle, ends clamped, NaN and an empty range at zero', () => {
  const cases = /** @type {[number, number, number][]} */ ([
    [0, 2, 127],
    [2, 2, 254],
    [-2, 2, 0],
    [9, 2, 254],
    [-9, 2, 0],
    [1, 2, 191],
    [NaN, 2, 127],
    [5, 0, 127],
  ]);
  for (const [value, limit, entry] of cases) {
    assert.equal(colour.divergingIndex(value, limit), entry, `${value} of ${limit}`);
  }
});

test('ink on a light cell is dark, on a dark cell light', () => {
  assert.equal(colour.isLight(colour.pack([247, 247, 246])), true);
  assert.equal(colour.isLight(colour.pack([33, 102, 172])), false);
  assert.equal(colour.css(colour.pack([33, 102, 172])), 'rgb(33 102 172)');
});
