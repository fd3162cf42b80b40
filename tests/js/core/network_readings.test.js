import assert from 'node:assert/strict';
import { test } from 'node:test';

import { READINGS } from '../../../static/js/core/network_readings.js';

/** All readings of a state. @param {import('../../../static/js/core/network_readings.js').State} state */
const all = (state) =>
  Object.fromEntries(Object.entries(READINGS).map(([name, read]) => [name, read(state)]));

test('a network says its prediction and what it costs', () => {
  const state = {
    outline: { title: 'Ten', accuracy: 0.5, parameters: 1000, multiply_accumulates: 20 },
    answer: { prediction: { index: 7, label: 'seven', probability: 0.9 } },
  };
  assert.deepEqual(all(state), {
    prediction: 'seven',
    'prediction.index': 7,
    'prediction.probability': 0.9,
    headline: 'Ten · 1,000 parameters · 50.0\u00a0% right',
    parameters: 1000,
    multiply_accumulates: 20,
  });
});

test('of an untrained network no accuracy is said', () => {
  const outline = { title: 'Ten', accuracy: null, parameters: 10, multiply_accumulates: 20 };
  assert.equal(all({ outline, answer: null }).headline, 'Ten · 10 parameters');
});

test('before anything is there, there is nothing to read', () => {
  const values = Object.values(all({ outline: null, answer: null }));
  assert.deepEqual(new Set(values), new Set([null]));
});
