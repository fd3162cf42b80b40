import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isSameScale } from '../../../static/js/render/maps.js';

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
