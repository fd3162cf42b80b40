import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  count,
  counted,
  fixed,
  percent,
  scientific,
  shapeText,
  shortest,
  significant,
  spanText,
  unbroken,
} from '../../../static/js/core/number.js';

test('numbers: a true minus, no negative zero, infinities by sign', () => {
  assert.equal(fixed(-1.2345), '−1.234');
  assert.equal(fixed(-0.0001, 2), '0.00');
  assert.equal(fixed(Infinity), '∞');
  assert.equal(fixed(-Infinity), '−∞');
  assert.equal(fixed(NaN), 'NaN');
});

test('a number without zeros behind its decimals', () => {
  assert.deepEqual(
    [0.01, 10, 1_000_000, 1 / 3, -2.4e-7, 3e9, 0, Math.fround(0.1), -Infinity].map((value) =>
      shortest(value),
    ),
    ['0.01', '10', '1000000', '0.333333', '−2.4 · 10⁻⁷', '3 · 10⁹', '0', '0.1', '−∞'],
  );
  assert.equal(shortest(0.12345, 2), '0.12');
});

test('significant digits, powers of ten where decimals would not say it', () => {
  assert.equal(significant(0.012345), '0.0123');
  assert.equal(significant(1234.5), '1235');
  assert.equal(significant(0), '0');
  assert.equal(significant(-2.4e-7), '−2.40 · 10⁻⁷');
  assert.equal(scientific(0), '0');
  assert.equal(scientific(1.5e12), '1.5 · 10¹²');
});

test('counts, shares and shapes', () => {
  assert.equal(count(421642), '421,642');
  assert.equal(counted(1, 'map'), '1 map');
  assert.equal(counted(1200, 'map'), '1,200 maps');
  assert.equal(counted(2, 'class', 'classes'), '2 classes');
  assert.equal(percent(0.9987), '99.9\u00a0%');
  assert.equal(shapeText([32, 28, 28]), '32 × 28 × 28');
  assert.equal(unbroken('It is 9.5 %, 12 % more'), 'It is 9.5\u00a0%, 12\u00a0% more');
});

test('a range of names has the dash of ranges', () => {
  assert.equal(spanText('stage3.1-2'), 'stage3.1–2');
  assert.equal(spanText('stage3'), 'stage3');
});
