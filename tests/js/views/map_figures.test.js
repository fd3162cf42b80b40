import assert from 'node:assert/strict';
import test from 'node:test';

import { kindOf } from '../../../static/js/core/layers/registry.js';
import { mapFigures } from '../../../static/js/views/map_figures.js';

/** The signs between the maps that a layer of a kind is made from. @param {string} kind */
function signsOf(kind) {
  const shape = [1, 1, 2];
  const inputs = [2, 3].map((value) => ({ shape, data: Float32Array.of(value, value) }));
  const layer = { name: 'joined', kind, settings: {}, inputs: ['a', 'b'], output_shape: shape };
  const position = { layer: 'joined', channel: 0, row: 0, column: 1 };
  const [output] = inputs;
  const given = { layer, inputs, output, parameters: {} };
  const explained = {
    ...given,
    kind: kindOf(layer),
    sources: layer.inputs.map((name) => ({ name, output_shape: shape })),
    position,
    trace: kindOf(layer).trace(/** @type {any} */ (given), position),
    torchValue: 0,
  };
  const model = { explained, limitAt: () => 1, greyOf: () => null };
  return mapFigures(/** @type {any} */ (model)).map(({ sign }) => sign);
}

test('what is added stands with a plus between, what is multiplied with a times', () => {
  assert.deepEqual(signsOf('Add'), [undefined, '+', undefined]);
  assert.deepEqual(signsOf('Multiply'), [undefined, '×', undefined]);
});
