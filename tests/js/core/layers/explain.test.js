import assert from 'node:assert/strict';
import { test } from 'node:test';

import { graphOf } from '../../../../static/js/core/graph.js';
import { explainValue, macsText, spokenValue } from '../../../../static/js/core/layers/explain.js';
import { kindOf } from '../../../../static/js/core/layers/registry.js';
import { count } from '../../../../static/js/core/number.js';

/** @typedef {import('../../../../static/js/core/tensor.js').Tensor} Tensor */

/** @param {number[]} shape @param {number[]} values @returns {Tensor} */
const tensor = (shape, values) => ({ shape, data: Float32Array.from(values) });

/**
 * A layer that reads the input.
 * @param {string} kind
 * @param {number[]} input_shape
 * @param {number[]} output_shape
 * @param {Record<string, any>} [settings]
 */
const layer = (kind, input_shape, output_shape, settings = {}) => ({
  name: 'here',
  kind,
  settings,
  inputs: ['input'],
  input_shape,
  output_shape,
  multiply_accumulates: 0,
});

/**
 * What is explained of the second map's first value.
 * @param {ReturnType<typeof layer>} of
 * @param {Tensor} input
 * @param {Record<string, Tensor>} [parameters]
 * @param {number} [value]  PyTorch's, of each place
 */
function explained(of, input, parameters, value = 0.5) {
  const size = of.output_shape.reduce((product, one) => product * one, 1);
  const output = tensor(of.output_shape, new Array(size).fill(value));
  const first = { ...of, name: 'input', kind: 'Input', inputs: [] };
  return explainValue(
    graphOf([first, of]),
    new Map([
      ['input', input],
      ['here', output],
    ]),
    new Map(parameters ? [['here', parameters]] : []),
    { layer: 'here', channel: 1, row: 0, column: 0 },
  );
}

/** @param {Parameters<typeof explained>} of */
const sentence = (...of) => {
  const found = explained(...of);
  assert.ok(found);
  return spokenValue({ ...found, torchValue: found.trace?.value ?? found.torchValue });
};

const window = {
  kernel_size: [1, 2],
  stride: [1, 1],
  padding: [0, 0],
  dilation: [1, 1],
  groups: 1,
};
const maps = tensor([2, 1, 2], [1, 2, 3, 4]);
const line = tensor([2], [0.25, -1]);
const bias = tensor([2], [0, 0.5]);

test('a value of a convolution: its sums, which channel adds most, its bias', () => {
  const weight = tensor([2, 2, 1, 2], [0, 0, 0, 0, 1, 1, 2, -3]);
  const conv = layer('Conv2d', [2, 1, 2], [2, 1, 1], window);
  assert.equal(
    sentence(conv, maps, { weight, bias }),
    'here, map 1, row 0, column 0: −2.5000, the sums of 2 channels and bias 0.5000; map 1 adds most, −6.0000.',
  );
  assert.match(sentence(conv, maps, { weight }), /the sums of 2 channels; map 1 adds most/);
  assert.equal(
    sentence(layer('Conv2d', [1, 1, 2], [2, 1, 1], window), tensor([1, 1, 2], [1, 2]), {
      weight: tensor([2, 1, 1, 2], [0, 0, 1, 1]),
      bias,
    }),
    'here, map 1, row 0, column 0: 3.5000, 2 products 3.0000 and bias 0.5000.',
  );
});

test('a value of every other kind', () => {
  const pooled = (/** @type {string} */ kind, settings = window) =>
    sentence(layer(kind, [2, 1, 2], [2, 1, 1], settings), maps);
  assert.match(pooled('MaxPool2d'), /: 4\.0000, the largest of 2, from row 0, column 1\.$/);
  assert.match(pooled('AvgPool2d'), /: 3\.5000, the mean of 2\.$/);
  const whole = /** @type {any} */ ({ output_size: [1, 1] });
  assert.match(pooled('AdaptiveAvgPool2d', whole), /: 3\.5000, the mean of 2\.$/);
  const vector = (/** @type {string} */ kind, parameters = {}) =>
    sentence(layer(kind, [2], [2]), line, parameters);
  assert.match(vector('ReLU'), /^here, unit 1: 0\.0000, of −1\.0000\.$/);
  assert.match(
    sentence(layer('Flatten', [2, 1, 2], [4]), maps),
    /: 2\.0000, from map 0, row 0, column 1\.$/,
  );
  const weight = tensor([2, 2], [0, 0, 2, 1]);
  assert.match(
    vector('Linear', { weight, bias }),
    /: 0\.0000, 2 products −0\.5000 and bias 0\.5000\.$/,
  );
  assert.match(vector('Softmax'), /: 0\.2227, of logit −1\.0000\.$/);
  assert.match(vector('Add'), /: −1\.0000, the sum of −1\.0000\.$/);
  assert.match(vector('Dropout'), /: −1\.0000, as it came\.$/);
  const normal = layer('BatchNorm2d', [2, 1, 2], [2, 1, 2], { eps: 0 });
  assert.match(
    sentence(normal, maps, {}),
    /of 3\.0000, less the mean 0\.0000, scaled and shifted\.$/,
  );
});

test('what cannot be taken apart is said by itself', () => {
  assert.equal(sentence(layer('Elsewhere', [2], [2]), line), 'here, unit 1: 0.5000.');
});

test('a layer waits for its weights where its kind has some, and for nothing else', () => {
  const conv = layer('Conv2d', [2, 1, 2], [2, 1, 1], window);
  assert.deepEqual([explained(conv, maps)?.isWaiting, explained(conv, maps)?.trace], [true, null]);
  const unknown = explained(layer('Elsewhere', [2, 1, 2], [2, 1, 1]), maps);
  assert.deepEqual([unknown?.isWaiting, unknown?.trace], [false, null]);
});

test('nothing is explained of what is not there; the input is not made of anything', () => {
  const relu = layer('ReLU', [2], [2]);
  const graph = graphOf([{ ...relu, inputs: [] }]);
  const at = { layer: 'here', channel: 0, row: 0, column: 0 };
  assert.equal(explainValue(graph, new Map(), new Map(), at), null);
  assert.equal(
    explainValue(graph, new Map([['here', line]]), new Map(), { ...at, layer: 'no' }),
    null,
  );
  assert.equal(explainValue(graph, new Map([['here', line]]), new Map(), at)?.trace, null);
  const cut = graphOf([
    { ...relu, name: 'input', inputs: [] },
    { ...relu, inputs: ['input', 'gone'] },
  ]);
  const tensors = new Map([
    ['input', line],
    ['here', line],
  ]);
  assert.equal(explainValue(cut, tensors, new Map(), at)?.trace, null);
  const whole = graphOf([{ ...relu, name: 'input', inputs: [] }, relu]);
  assert.equal(explainValue(whole, new Map([['here', line]]), new Map(), at)?.trace, null);
});

test('multiply-accumulates as a product that gives their number', () => {
  const of = (
    /** @type {string} */ kind,
    /** @type {number[]} */ input,
    /** @type {number[]} */ output,
    /** @type {number | null} */ macs,
  ) => ({
    ...layer(kind, input, output, { groups: 2, kernel_size: [3, 3] }),
    multiply_accumulates: macs,
  });
  for (const one of [
    of('Conv2d', [32, 14, 14], [64, 14, 14], 1806336),
    of('Linear', [3136], [128], 401408),
    of('BatchNorm2d', [8, 14, 14], [8, 14, 14], 1568),
  ]) {
    const [factors, total] = macsText(one).split(' = ');
    const product = factors.split('·').reduce((a, b) => a * Number(b), 1);
    assert.equal(count(product), total);
    assert.equal(product, one.multiply_accumulates);
  }
  assert.match(macsText(of('ReLU', [2], [2], 0)), /none/);
  assert.match(macsText(of('Unexplained', [2], [2], null)), /unknown/);
});

test('the formula of a unit, of a value of a map', () => {
  const at = { channel: 2, row: 1, column: 3 };
  const formula = (/** @type {string} */ kind, /** @type {number[]} */ shape) =>
    kindOf({ kind }).formula({ terms: [] }, at, layer(kind, shape, shape));
  assert.equal(formula('ReLU', [64, 14, 14]), 'y = \\max(0, x)');
  assert.equal(formula('ReLU', [128]), 'y_{2} = \\max(0, x_{2})');
  assert.equal(formula('Flatten', [64, 7, 7]), 'i = c \\cdot 7 \\cdot 7 + r \\cdot 7 + k');
  assert.match(formula('Linear', [128]), /\^\{127\} w_\{2,i\}/);
  assert.match(
    formula('Softmax', [10]),
    /\^\{9\} e\^\{z_j\}.*e\^\{z_\{2\} - m\}.*e\^\{z_j - m\}.*m = /,
  );
  assert.match(formula('BatchNorm2d', [8, 2, 2]), /\\mu_\{2\}/);
  assert.equal(formula('Dropout', [8]), 'y = x');
  assert.equal(kindOf({ kind: 'ReLU' }).activation?.('3', layer('ReLU', [1], [1])), 'max(0, 3)');
});
