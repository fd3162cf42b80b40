import assert from 'node:assert/strict';
import { test } from 'node:test';

import { counterpartOf, depthsOf } from '../../../../static/js/core/layers/depth.js';

/** @param {Record<string, string[]>} inputs */
const network = (inputs) => Object.entries(inputs).map(([name, of]) => ({ name, inputs: of }));

const row = network({ input: [], a: ['input'], b: ['a'], c: ['b'], d: ['c'] });
const skip = network({
  input: [],
  conv: ['input'],
  relu: ['conv'],
  sum: ['relu', 'input'],
});

test('a layer lies as deep as the longest way to it', () => {
  assert.deepEqual([...depthsOf(row).values()], [0, 0.25, 0.5, 0.75, 1]);
  assert.deepEqual(Object.fromEntries(depthsOf(skip)), {
    input: 0,
    conv: 1 / 3,
    relu: 2 / 3,
    sum: 1,
  });
  assert.deepEqual([...depthsOf(network({ input: [] })).values()], [0]);
});

test('the counterpart is the layer that lies nearest, the first of two', () => {
  assert.equal(counterpartOf(row, 'input', skip), 'input');
  assert.equal(counterpartOf(row, 'a', skip), 'conv');
  assert.equal(counterpartOf(row, 'b', skip), 'conv');
  assert.equal(counterpartOf(skip, 'sum', row), 'd');
  assert.equal(counterpartOf(row, 'none', skip), null);
  assert.equal(counterpartOf(row, 'a', []), null);
});
