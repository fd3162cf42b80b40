import assert from 'node:assert/strict';
import { test } from 'node:test';

import { graphOf } from '../../../../static/js/core/graph.js';
import { explainValue } from '../../../../static/js/core/layers/explain.js';
import {
  isWide,
  parametersOf,
  unitKey,
  unitRow,
} from '../../../../static/js/core/layers/unit_parameters.js';

/** @param {number[]} shape @param {number[]} values */
const tensor = (shape, values) => ({ shape, data: Float32Array.from(values) });

test('a layer of more than a million weights is read a unit at a time, a convolution never', () => {
  const of = (/** @type {number[]} */ output_shape, /** @type {number} */ total) =>
    isWide({ output_shape, parameters: { total } });
  assert.equal(of([4096], 102_764_544), true);
  assert.equal(of([128], 401_536), false);
  assert.equal(of([512, 7, 7], 2_359_808), false);
});

test('a unit has a row of the whole, or what came for it alone', () => {
  const whole = tensor([3, 2], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...unitRow(whole, 1)], [3, 4]);
  assert.deepEqual([...unitRow(tensor([1, 2], [3, 4]), 1)], [3, 4]);
  assert.deepEqual([...unitRow(tensor([3], [7, 8, 9]), 2)], [9]);
});

test('what is known of a layer comes first, then what is known of the unit', () => {
  const [all, one] = [{ weight: tensor([2, 1], [1, 2]) }, { weight: tensor([1, 1], [2]) }];
  const weights = new Map([
    ['fc1', all],
    [unitKey('fc2', 5), one],
  ]);
  assert.equal(parametersOf(weights, 'fc1', 5), all);
  assert.equal(parametersOf(weights, 'fc2', 5), one);
  assert.equal(parametersOf(weights, 'fc2', 4), undefined);
});

test('a unit is explained from its own weights, and another one waits for its own', () => {
  const input = { name: 'input', kind: 'Input', settings: {}, inputs: [], output_shape: [3] };
  const fc = { ...input, name: 'fc', kind: 'Linear', inputs: ['input'], output_shape: [2] };
  const layers = [input, fc].map((one) => ({ ...one, input_shape: [3], multiply_accumulates: 6 }));
  const values = new Map([
    ['input', tensor([3], [1, 2, 3])],
    ['fc', tensor([2], [0, 32.5])],
  ]);
  const own = { weight: tensor([1, 3], [4, 5, 6]), bias: tensor([1], [0.5]) };
  const weights = new Map([[unitKey('fc', 1), own]]);
  const of = (/** @type {number} */ channel) =>
    explainValue(graphOf(layers), values, weights, { layer: 'fc', channel, row: 0, column: 0 });
  assert.equal(of(1)?.trace?.value, 32.5);
  assert.equal(of(1)?.isWaiting, false);
  assert.equal(of(0)?.isWaiting, true);
  assert.equal(of(0)?.trace, null);
});
