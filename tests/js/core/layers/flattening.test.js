import assert from 'node:assert/strict';
import { test } from 'node:test';

import { graphOf } from '../../../../static/js/core/graph.js';
import { flatteningBehind } from '../../../../static/js/core/layers/explain.js';

/**
 * @param {string} name
 * @param {string} kind
 * @param {string[]} inputs
 * @param {number[]} input_shape
 * @param {number[]} output_shape
 */
const layer = (name, kind, inputs, input_shape, output_shape) => ({
  name,
  kind,
  inputs,
  input_shape,
  output_shape,
});

const GRAPH = graphOf([
  layer('pool', 'MaxPool2d', [], [2, 4, 4], [2, 2, 2]),
  layer('flatten', 'Flatten', ['pool'], [2, 2, 2], [8]),
  layer('relu', 'ReLU', ['flatten'], [8], [8]),
  layer('dropout', 'Dropout', ['relu'], [8], [8]),
  layer('fc', 'Linear', ['dropout'], [8], [3]),
  layer('mixed', 'Elsewhere', ['flatten'], [8], [8]),
  layer('again', 'Flatten', ['fc'], [3], [3]),
  layer('lost', 'Dropout', ['nowhere'], [8], [8]),
]);

test('a unit stands for a cell of a map until something moves the values', () => {
  const behind = (/** @type {string} */ name) => flatteningBehind(GRAPH, GRAPH.layer(name))?.name;
  assert.deepEqual(['flatten', 'relu', 'dropout'].map(behind), ['flatten', 'flatten', 'flatten']);
  assert.deepEqual(
    ['pool', 'fc', 'mixed', 'again', 'lost'].map(behind),
    Array.from({ length: 5 }, () => undefined),
  );
});
