import assert from 'node:assert/strict';
import { test } from 'node:test';

import { errorFunction } from '../../../static/js/core/error_function.js';

/** By torch.special.erf in float64. */
const EXPECTED = [
  [0, 0.0],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [1.7, 0.9837904585907745],
  [2.5, 0.999593047982555],
  [4, 0.9999999845827421],
  [5.9, 0.9999999999999999],
  [6.1, 1.0],
  [30, 1.0],
];

test('the error function is torch’s', () => {
  for (const [x, value] of EXPECTED) {
    assert.ok(Math.abs(errorFunction(x) - value) <= 1e-15, `${x}`);
    assert.ok(Math.abs(errorFunction(-x) + value) <= 1e-15, `−${x}`);
  }
  assert.ok(Number.isNaN(errorFunction(NaN)));
  assert.equal(errorFunction(-Infinity), -1);
});
