import assert from 'node:assert/strict';
import { test } from 'node:test';

import { graphOf } from '../../../../static/js/core/graph.js';
import { seesNothing } from '../../../../static/js/core/layers/sees_nothing.js';

const MAPS = [1, 2, 2];
const PADDED = [2, 4, 4];
/** @param {string} name @param {string} kind @param {string[]} inputs @param {Record<string, any>} settings @param {number[]} output_shape */
const layer = (name, kind, inputs, settings, output_shape) => ({
  name,
  kind,
  inputs,
  settings,
  input_shape: inputs[0] === 'input' ? MAPS : PADDED,
  output_shape,
});
const LAYERS = [
  layer('input', 'Input', [], {}, MAPS),
  layer('pad', 'Pad', ['input'], { padding: [1, 1], channels: [0, 1], value: 0 }, PADDED),
  layer('relu', 'ReLU', ['pad'], {}, PADDED),
  layer('pool', 'MaxPool2d', ['relu'], { kernel_size: 2, stride: 2, padding: 0 }, [2, 2, 2]),
  layer('fc', 'Linear', ['pool'], {}, [3]),
];
const VALUES = new Map(
  LAYERS.map(({ name, output_shape: shape }) => [
    name,
    { shape, data: new Float32Array(shape.reduce((a, b) => a * b)) },
  ]),
);

/** @param {string} name @param {[number, number, number]} at */
const blind = (name, [channel, row, column]) =>
  seesNothing(graphOf(LAYERS), VALUES, new Map(), { layer: name, channel, row, column });

test('padding sees nothing of the picture, nor does what is made of it alone', () => {
  assert.ok(blind('pad', [0, 0, 1]));
  assert.ok(blind('pad', [1, 2, 2]));
  assert.ok(!blind('pad', [0, 1, 1]));
  assert.ok(blind('relu', [0, 0, 1]));
  assert.ok(!blind('relu', [0, 2, 1]));
});

test('of a window, of what is not there yet or not taken apart, nothing is claimed', () => {
  assert.ok(!blind('pool', [1, 0, 0]));
  assert.ok(!blind('fc', [0, 0, 0]));
  assert.ok(!blind('input', [0, 0, 0]));
  assert.ok(!blind('elsewhere', [0, 0, 0]));
});
