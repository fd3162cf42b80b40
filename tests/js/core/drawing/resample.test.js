import assert from 'node:assert/strict';
import { test } from 'node:test';

import { areaTaps, resample } from '../../../../static/js/core/drawing/resample.js';

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
