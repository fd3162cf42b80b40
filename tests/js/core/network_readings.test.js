import assert from 'node:assert/strict';
import { test } from 'node:test';

import { READINGS } from '../../../static/js/core/network_readings.js';

/** All readings of a state. @param {import('../../../static/js/core/network_readings.js').State} state */
const all = (state) =>
  Object.fromEntries(Object.entries(READINGS).map(([name, read]) => [name, read(state)]));

test('a network says its prediction and what it costs', () => {
  const state = {
    outline: { parameters: 10, multiply_accumulates: 20 },
    answer: { prediction: { index: 7, label: 'seven', probability: 0.9 } },
  };
  assert.deepEqual(all(state), {
    prediction: 'seven',
    'prediction.index': 7,
    'prediction.probability': 0.9,
    parameters: 10,
    multiply_accumulates: 20,
  });
});

test('before anything is there, there is nothing to read', () => {
  const values = Object.values(all({ outline: null, answer: null }));
  assert.deepEqual(new Set(values), new Set([null]));
});
