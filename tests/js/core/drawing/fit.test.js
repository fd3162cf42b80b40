import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fitSquare, placement } from '../../../../static/js/core/drawing/fit.js';
import { randomNumbers } from '../random.js';

test('a picture lies in the middle of the square, as large as fits', () => {
  assert.deepEqual(placement(40, 20, 280), { scale: 7, left: 0, top: 70 });
  assert.deepEqual(placement(28, 28, 280), { scale: 10, left: 0, top: 0 });
});

test('a picture of one grey stays so, and beside it is paper', () => {
  for (const [width, height] of [
    [5, 5],
    [300, 20],
    [20, 300],
    [1, 4096],
    [3, 1],
  ]) {
    const square = fitSquare(new Uint8Array(width * height).fill(200), width, height, 56);
    const { scale } = placement(width, height, 56);
    const area = Math.max(1, Math.round(scale * width)) * Math.max(1, Math.round(scale * height));
    assert.equal(square.filter((value) => value === 200).length, area);
    assert.equal(square.filter((value) => value === 0).length, 56 * 56 - area);
  }
});

test('a picture fits a square of any side, whatever a division loses', () => {
  for (const [size, side] of [
    [11, 100],
    [22, 100],
    [39, 100],
    [168, 235],
  ]) {
    const square = fitSquare(new Uint8Array(size * size).fill(200), size, size, side);
    assert.equal(square.length, side * side);
    assert.ok(square.every((value) => value === 200));
  }
});

test('at its own size a picture is unchanged', () => {
  const random = randomNumbers(1);
  const pixels = Uint8Array.from({ length: 784 }, () => 256 * random());
  assert.deepEqual(fitSquare(pixels, 28, 28, 28), pixels);
});

test('a digit enlarged tenfold is the digit again when it is averaged', () => {
  // A smooth blob, as digits are: no pixel far from its neighbours.
  const pixels = Uint8Array.from({ length: 784 }, (_, i) => {
    const [x, y] = [(i % 28) - 13.5, Math.floor(i / 28) - 13.5];
    return 255 * Math.exp(-(x * x + y * y) / 50);
  });
  const back = fitSquare(fitSquare(pixels, 28, 28, 280), 280, 280, 28);
  back.forEach((value, i) => assert.ok(Math.abs(value - pixels[i]) <= 8, `${value} ${pixels[i]}`));
});
