import assert from 'node:assert/strict';
import { test } from 'node:test';

import { EXAMPLE, withOperation } from '../../../../static/js/core/experiment/experiment.js';
import { READINGS } from '../../../../static/js/core/experiment/readings.js';

/** All readings of an experiment. @param {typeof EXAMPLE} experiment */
const all = (experiment) =>
  Object.fromEntries(Object.entries(READINGS).map(([name, read]) => [name, read(experiment)]));

test('a Lab says its sizes, what it leaves unread, what it costs', () => {
  assert.deepEqual(all(EXAMPLE), {
    'output.channels': 1,
    'output.height': 3,
    'output.width': 3,
    'unread.rows': 1,
    'unread.columns': 1,
    parameters: 9,
    multiply_accumulates: 81,
    refusal: null,
  });
});

test('a pooling has no parameters', () => {
  const pooled = withOperation(EXAMPLE, 'max');
  assert.deepEqual([READINGS.parameters(pooled), READINGS.multiply_accumulates(pooled)], [0, 0]);
});

test('what cannot be computed has no size, and says why', () => {
  const tiny = { ...EXAMPLE, input: { shape: [1, 1, 1], data: Float64Array.of(1) } };
  const { refusal, ...rest } = all(tiny);
  assert.match(String(refusal), /does not fit/);
  assert.deepEqual(new Set(Object.values(rest)), new Set([null]));
});
