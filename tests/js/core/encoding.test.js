import assert from 'node:assert/strict';
import { test } from 'node:test';

import { layersWithPlaces } from '../../../static/js/core/attribution/methods.js';
import { hasGradient, partNote, partText, withEncoding } from '../../../static/js/core/encoding.js';
import { positionText } from '../../../static/js/core/layers/place.js';
import { outputText } from '../../../static/js/core/sentences.js';

/** @param {string} dtype @param {number[]} shape */
const encoded = (dtype, shape) => ({ encoding: { dtype, shape, note: 'It gives much.' } });
const plain = { encoding: null };

test('of complex numbers the imaginary part follows the real one', () => {
  const maps = encoded('complex64', [4, 8, 5]);
  assert.deepEqual(
    [0, 1, 6, 7].map((channel) => partText(maps, channel)),
    ['channel 0, real', 'channel 0, imaginary', 'channel 3, real', 'channel 3, imaginary'],
  );
  assert.equal(partText(encoded('complex64', [3]), 5), 'number 2, imaginary');
});

test('the axes before the last two are counted as they were', () => {
  const grouped = encoded('float32', [2, 3, 8, 8]);
  assert.deepEqual(
    [0, 2, 3, 5].map((channel) => partText(grouped, channel)),
    ['[0, 0]', '[0, 2]', '[1, 0]', '[1, 2]'],
  );
  assert.equal(partText(encoded('complex128', [2, 3, 8, 8]), 11), '[1, 2], imaginary');
  assert.equal(partText(encoded('int64', [2, 3, 4, 8, 8]), 23), '[1, 2, 3]');
});

test('what has a channel of its own for each map needs no other name', () => {
  for (const layer of [encoded('bool', [4, 8, 8]), encoded('int64', [5]), plain, {}]) {
    assert.equal(partText(layer, 3), '');
    assert.equal(partNote(layer, 3), '');
  }
});

test('a position, a shape and a sentence tell of it', () => {
  const layer = { ...encoded('complex64', [4, 8, 5]), output_shape: [8, 8, 5] };
  const at = { layer: 'fft', channel: 3, row: 1, column: 2 };
  assert.equal(
    positionText(at, layer.output_shape, layer),
    'fft · map 3 (channel 1, imaginary) · row 1, column 2',
  );
  assert.equal(
    positionText(at, [8], encoded('complex64', [4])),
    'fft · unit 3 (number 1, imaginary)',
  );
  assert.equal(positionText(at, [8]), 'fft · unit 3');
  assert.equal(outputText(layer), '4 × 8 × 5 complex64, shown as 8 × 8 × 5');
  const mask = { ...encoded('bool', [4, 8]), output_shape: [4, 8, 1] };
  assert.equal(outputText(mask), '4 × 8 bool');
  assert.equal(outputText({ ...plain, output_shape: [8, 8, 5] }), '8 × 8 × 5');
  assert.equal(withEncoding(layer, 'It is shown.'), 'It is shown. It gives much.');
  assert.equal(withEncoding(plain, 'It is shown.'), 'It is shown.');
});

test('only what changes by degrees is asked for its gradient', () => {
  const shape = [4, 8, 8];
  const common = { output_shape: shape, inputs: ['conv'], kind: 'Unexplained', settings: {} };
  const dtypes = ['complex64', 'float32', 'bfloat16', 'int64', 'uint8', 'bool'];
  const layers = dtypes.map((dtype) => ({ ...common, name: dtype, ...encoded(dtype, shape) }));
  assert.deepEqual(layers.map(hasGradient), [true, true, true, false, false, false]);
  assert.ok(hasGradient(plain));
  const found = layersWithPlaces(/** @type {any} */ (layers));
  assert.deepEqual(
    found.map(({ name }) => name),
    ['complex64', 'float32', 'bfloat16'],
  );
});
