import assert from 'node:assert/strict';
import test from 'node:test';

import { depthChart, ticks } from '../../../static/js/core/depth_chart.js';

/** @param {string} name @param {string[]} inputs @param {number[] | null} size */
const layer = (name, inputs, size) => ({ name, inputs, receptive_field: size && { size } });

test('a layer stands as deep as the longest way to it, as high as its field is long', () => {
  const { points, lines, deepest, largest } = depthChart([
    layer('input', [], null),
    layer('a', ['input'], [3, 3]),
    layer('b', ['a'], [5, 7]),
    layer('sum', ['a', 'b'], [5, 7]),
    layer('lost', ['nowhere'], [1, 1]),
  ]);
  assert.deepEqual(points, [
    { name: 'input', depth: 0, size: 1 },
    { name: 'a', depth: 1, size: 3 },
    { name: 'b', depth: 2, size: 7 },
    { name: 'sum', depth: 3, size: 7 },
    { name: 'lost', depth: 0, size: 1 },
  ]);
  const names = lines.map(([from, to]) => `${from.name} ${to.name}`);
  assert.deepEqual(names, ['input a', 'a b', 'a sum', 'b sum']);
  assert.deepEqual([deepest, largest], [3, 7]);
});

test('an axis has a few round numbers', () => {
  assert.deepEqual(ticks(34), [0, 10, 20, 30]);
  assert.deepEqual(ticks(1), [0, 1]);
  assert.deepEqual(ticks(435), [0, 100, 200, 300, 400]);
  assert.deepEqual(ticks(20_000), [0, 20_000]);
});
