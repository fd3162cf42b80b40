import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  decimalsApart,
  decimalsFor,
  factor,
  figure,
  productDecimals,
  remainder,
  shortFactor,
  shortFigure,
  texNumber,
} from '../../../static/js/core/rounding.js';
import { randomNumbers } from './random.js';

test('four digits of the largest number are kept, four decimals at least', () => {
  assert.equal(decimalsFor([24.4616, -3.2]), 4);
  assert.equal(decimalsFor([0.4336]), 4);
  assert.equal(decimalsFor([-0.0026, 0.0014]), 6);
  assert.equal(decimalsFor([3e-12]), 8);
  assert.equal(decimalsFor([0, 0]), 4);
  assert.equal(decimalsFor([Infinity]), 4);
});

test('printed products add up to the printed sum, to half a unit of its last digit', () => {
  const next = randomNumbers(7);
  for (let round = 0; round < 200; round += 1) {
    const a = Array.from({ length: 9 }, () => 5 * next() - 1);
    const b = Array.from({ length: 9 }, () => next() - 0.5);
    const exact = a.reduce((sum, value, i) => sum + value * b[i], 0);
    const decimals = decimalsFor([exact]);
    const places = productDecimals(a, b, decimals);
    const printed = a.reduce(
      (sum, value, i) => sum + Number(value.toFixed(places)) * Number(b[i].toFixed(places + 1)),
      0,
    );
    assert.ok(places >= 4 && places <= 8);
    assert.ok(places === 8 || Math.abs(printed - exact) <= 0.5 * 10 ** -decimals);
  }
  assert.equal(productDecimals([1e6 + 1 / 3], [1e6 + 1 / 3], 8), 8);
});

test('the rest of a sum is 0 where only rounding is left', () => {
  assert.equal(remainder(0.1 + 0.2, [0.1, 0.2]), 0);
  assert.equal(remainder(0.3, [0.1, 0.2]), 0);
  assert.equal(remainder(5, [3, -1]), 3);
  assert.equal(remainder(0, []), 0);
});

test('what is not zero does not look like zero', () => {
  assert.equal(figure(0.0312, 4), '0.0312');
  assert.equal(figure(-0.00001, 4), '−1.00 · 10⁻⁵');
  assert.equal(figure(0.0001, 4), '0.0001');
  assert.equal(figure(0, 4), '0.0000');
  assert.equal(figure(Infinity, 4), '∞');
  assert.equal(factor(0, 5), '0');
  assert.equal(factor(-0.0000341, 5), '−3.41 · 10⁻⁵');
  assert.equal(factor(0.00034, 5), '0.00034');
  assert.equal(shortFactor(-0.00034, 2), '−3·10⁻⁴');
  assert.equal(shortFactor(0.006, 2), '0.01');
  assert.equal(shortFactor(0, 2), '0');
});

test('values in little room are told apart, and none is a false zero', () => {
  assert.equal(shortFigure(0.00012, 2), '1·10⁻⁴');
  assert.equal(shortFigure(0, 2), '0.00');
  assert.equal(shortFigure(-0.005, 2), '−0.01');
  assert.equal(decimalsApart([0.25, 0.5, 0.25], 2, 4), 2);
  assert.equal(decimalsApart([0.254, 0.256, 0.251], 2, 4), 3);
  assert.equal(decimalsApart([0.99991, 0.99992, 1], 2, 4), 4);
  // What is written as powers of ten needs no decimals.
  assert.equal(decimalsApart([1e-9, 2e-9, 0.999], 2, 4), 2);
});

test('the same numbers in LaTeX', () => {
  assert.equal(texNumber('0.4336'), '0.4336');
  assert.equal(texNumber('−0.4336'), '(-0.4336)');
  assert.equal(texNumber('−3.41 · 10⁻¹⁵'), '(-3.41\\cdot 10^{-15})');
  assert.equal(texNumber('1.00 · 10⁷'), '1.00\\cdot 10^{7}');
});
