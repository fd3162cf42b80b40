import assert from 'node:assert/strict';
import { test } from 'node:test';

import { extremes, largest, mapLimits, rangeLimits } from '../../../static/js/core/range.js';

test('the limit of a map is its largest absolute value', () => {
  const tensor = { shape: [2, 1, 3], data: Float32Array.of(1, -4, 2, 0, 0.5, -0.25) };
  assert.deepEqual([...mapLimits(tensor)], [4, 0.5]);
  assert.equal(largest([]), 0);
});

test('ranges per map, per layer, for the whole network; a vector always shares one', () => {
  const layers = new Map([
    ['conv1', { shape: [2, 1, 1], data: Float32Array.of(-3, 1) }],
    ['fc1', { shape: [3], data: Float32Array.of(5, -0.5, 2) }],
  ]);
  const of = (/** @type {'map' | 'layer' | 'network'} */ mode) =>
    Object.fromEntries([...rangeLimits(layers, mode)].map(([name, limits]) => [name, [...limits]]));
  assert.deepEqual(of('map'), { conv1: [3, 1], fc1: [5, 5, 5] });
  assert.deepEqual(of('layer'), { conv1: [3, 3], fc1: [5, 5, 5] });
  assert.deepEqual(of('network'), { conv1: [5, 5], fc1: [5, 5, 5] });
});

test('maps that are here in small only have the ranges of the whole maps', () => {
  const layers = new Map([['fc1', { shape: [2], data: Float32Array.of(5, 2) }]]);
  const maps = new Map([
    ['conv1', Float32Array.of(3, 1)],
    ['fc1', Float32Array.of(100, 100)],
  ]);
  const of = (/** @type {'map' | 'layer' | 'network'} */ mode, whole = 0) =>
    Object.fromEntries(
      [...rangeLimits(layers, mode, { maps, whole })].map(([name, limits]) => [name, [...limits]]),
    );
  assert.deepEqual(of('map'), { fc1: [5, 5], conv1: [3, 1] });
  assert.deepEqual(of('layer'), { fc1: [5, 5], conv1: [3, 3] });
  assert.deepEqual(of('network'), { fc1: [5, 5], conv1: [5, 5] });
  // Of the whole network something is larger than all that is here.
  assert.deepEqual(of('network', 8), { fc1: [8, 8], conv1: [8, 8] });
  assert.deepEqual(
    [...maps.values()].map((each) => [...each]),
    [
      [3, 1],
      [100, 100],
    ],
  );
});

test('the faintest and the strongest map', () => {
  const limits = new Map([
    ['conv1', Float32Array.of(3, 1)],
    ['conv2', Float32Array.of(2, 4, 4)],
  ]);
  assert.deepEqual(extremes(limits), [
    { of: 'conv1 · 1', limit: 1 },
    { of: 'conv2 · 1', limit: 4 },
  ]);
  assert.deepEqual(extremes([]), []);
});
