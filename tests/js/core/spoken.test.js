import assert from 'node:assert/strict';
import { test } from 'node:test';

import { spokenValue } from '../../../static/js/core/spoken.js';
import { traceValue } from '../../../static/js/core/trace.js';

/**
 * The sentence of a value of a layer with these settings.
 * @param {string} kind
 * @param {Record<string, any>} settings
 * @param {{shape: number[], data: Float32Array}} input
 * @param {Record<string, any>} [parameters]
 */
function sentence(kind, settings, input, parameters = {}) {
  const position = { layer: 'here', channel: 1, row: 0, column: 0 };
  const trace = traceValue({ kind, settings }, input, parameters, position);
  const output_shape = input.shape.length === 3 && kind !== 'Flatten' ? [2, 1, 1] : [2];
  return spokenValue({ layer: { output_shape }, position, trace, torchValue: trace?.value ?? 0.5 });
}

/** @param {number[]} shape @param {number[]} values */
const tensor = (shape, values) => ({ shape, data: Float32Array.from(values) });
const window = {
  kernel_size: [1, 2],
  stride: [1, 1],
  padding: [0, 0],
  dilation: [1, 1],
  groups: 1,
};
const bias = tensor([2], [0, 0.5]);

test('a value of a convolution: its sums, which channel adds most, its bias', () => {
  const weight = tensor([2, 2, 1, 2], [0, 0, 0, 0, 1, 1, 2, -3]);
  assert.equal(
    sentence('Conv2d', window, tensor([2, 1, 2], [1, 2, 3, 4]), { weight, bias }),
    'here, map 1, row 0, column 0: −2.5000, the sums of 2 channels and bias 0.5000; map 1 adds most, −6.0000.',
  );
  assert.equal(
    sentence('Conv2d', window, tensor([1, 1, 2], [1, 2]), {
      weight: tensor([2, 1, 1, 2], [0, 0, 1, 1]),
      bias,
    }),
    'here, map 1, row 0, column 0: 3.5000, 2 products 3.0000 and bias 0.5000.',
  );
});

test('a value of every other kind', () => {
  const maps = tensor([2, 1, 2], [1, 2, 3, 4]);
  const line = tensor([2], [0.25, -1]);
  assert.match(sentence('MaxPool2d', window, maps), /the largest of 2, from row 0, column 1\.$/);
  assert.match(sentence('AvgPool2d', window, maps), /: 3\.5000, the mean of 2\.$/);
  assert.match(sentence('ReLU', {}, line), /^here, unit 1: 0\.0000, of −1\.0000\.$/);
  assert.match(sentence('Flatten', {}, maps), /: 2\.0000, from map 0, row 0, column 1\.$/);
  const weight = tensor([2, 2], [0, 0, 2, 1]);
  assert.match(
    sentence('Linear', {}, line, { weight, bias }),
    /: 0\.0000, 2 products −0\.5000 and bias 0\.5000\.$/,
  );
  assert.match(sentence('Softmax', {}, line), /: 0\.2227, of logit −1\.0000\.$/);
});

test('what cannot be taken apart is said by itself', () => {
  assert.equal(sentence('Input', {}, tensor([2], [1, 2])), 'here, unit 1: 0.5000.');
  const padded = { ...window, kernel_size: [1, 1], stride: [2, 2], padding: [0, 0] };
  assert.match(
    sentence('LPPool2d', { ...padded, norm_type: 2 }, tensor([2, 1, 1], [1, 3])),
    /: \d/,
  );
  const position = { layer: 'p', channel: 0, row: 0, column: 0 };
  const trace = /** @type {any} */ ({ kind: 'MaxPool2d', window: [], winner: null });
  assert.equal(
    spokenValue({ layer: { output_shape: [1, 1, 1] }, position, trace, torchValue: 1 }),
    'p, map 0, row 0, column 0: 1.0000.',
  );
});
