import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as colour from '../../../static/js/core/colour.js';
import { extremes, largest, mapLimits, rangeLimits } from '../../../static/js/core/range.js';
import { areaTaps, resample } from '../../../static/js/core/drawing/resample.js';

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

test('the limit of a map is its largest absolute value', () => {
  const tensor = { shape: [2, 1, 3], data: Float32Array.of(1, -4, 2, 0, 0.5, -0.25) };
  assert.deepEqual([...mapLimits(tensor)], [4, 0.5]);
  assert.equal(largest([]), 0);
});

test('ranges per map, per layer, for the whole network; a vector always shares one', () => {
  const layers = new Map([
    ['conv1', { shape: [2, 1, 1], data: Float32Array.of(-3, 1) }],
    ['fc1', { shape: [3], data: Float32Array.of(5, -0.5, 2) }],
  ]);
  const of = (/** @type {'map' | 'layer' | 'network'} */ mode) =>
    Object.fromEntries([...rangeLimits(layers, mode)].map(([name, limits]) => [name, [...limits]]));
  assert.deepEqual(of('map'), { conv1: [3, 1], fc1: [5, 5, 5] });
  assert.deepEqual(of('layer'), { conv1: [3, 3], fc1: [5, 5, 5] });
  assert.deepEqual(of('network'), { conv1: [5, 5], fc1: [5, 5, 5] });
});

test('the faintest and the strongest map', () => {
  const limits = new Map([
    ['conv1', Float32Array.of(3, 1)],
    ['conv2', Float32Array.of(2, 4, 4)],
  ]);
  assert.deepEqual(extremes(limits), [
    { of: 'conv1 · 1', limit: 1 },
    { of: 'conv2 · 1', limit: 4 },
  ]);
  assert.deepEqual(extremes([]), []);
});

test('a whole-number enlargement is nearest neighbour', () => {
  const out = new Float32Array(16);
  resample(Float32Array.of(9, 1, 2, 3, 4), 1, 2, 2, 4, 4, new Float32Array(8), out);
  assert.deepEqual([...out], [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
});

test('any size keeps a constant map constant and the mean of any map', () => {
  for (const [rows, columns, height, width] of [
    [28, 28, 42, 42],
    [28, 28, 10, 10],
    [7, 7, 35, 35],
    [14, 3, 9, 40],
  ]) {
    const out = new Float32Array(height * width);
    const scratch = new Float32Array(rows * width);
    resample(
      new Float32Array(rows * columns).fill(0.5),
      0,
      rows,
      columns,
      height,
      width,
      scratch,
      out,
    );
    for (const value of out) assert.ok(Math.abs(value - 0.5) < 1e-6);
    const data = Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(i * i));
    resample(data, 0, rows, columns, height, width, scratch, out);
    const mean = (/** @type {Float32Array} */ values) =>
      values.reduce((a, b) => a + b, 0) / values.length;
    assert.ok(Math.abs(mean(out) - mean(data)) < 1e-6, `${rows}×${columns} → ${height}×${width}`);
  }
});

test('what a pixel covers adds up to one, and the taps are made once', () => {
  const taps = areaTaps(28, 42);
  for (let x = 0; x < 42; x += 1) {
    let sum = 0;
    for (let i = 0; i < taps.counts[x]; i += 1) sum += taps.weights[x * taps.widest + i];
    assert.ok(Math.abs(sum - 1) < 1e-6);
  }
  assert.equal(areaTaps(28, 42), taps);
});
