import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  withControl,
  withInput,
} from '../../../../static/js/core/experiment/experiment.js';
import { isAlike } from '../../../../static/js/core/link/alike.js';
import { numbers, onInput } from '../made.js';

test('two experiments are alike whatever their input', () => {
  assert.ok(isAlike(EXAMPLE, { ...EXAMPLE }));
  assert.ok(isAlike(EXAMPLE, onInput(1, 6, 7)));
  assert.ok(isAlike(EXAMPLE, withInput(EXAMPLE, numbers(3, 8, 8))));
  assert.ok(!isAlike(EXAMPLE, withControl(onInput(1, 6, 7), 'padding', 'both', 1)));
  const { shape } = EXAMPLE.weight;
  assert.ok(!isAlike(EXAMPLE, { ...EXAMPLE, weight: { shape, data: new Float64Array(9) } }));
});
