import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isConnected } from '../../../../static/js/core/layers/conv2d.js';
import { largestContributions } from '../../../../static/js/core/layers/linear.js';
import { ACTIVATIONS } from '../../../../static/js/core/layers/activations.js';
import { excerptOf } from '../../../../static/js/core/layers/excerpt.js';
import { KINDS, kindOf } from '../../../../static/js/core/layers/registry.js';
import { winnersOf } from '../../../../static/js/core/layers/pooling.js';
import { windowParts } from '../../../../static/js/core/layers/window_parts.js';
import { everyPosition, flat, golden, tensor } from '../golden.js';

/** @typedef {import('../../../../static/js/core/layers/registry.js').Given} Given */

const dense = golden('dense');
const start = { channel: 0, row: 0, column: 0 };

/**
 * What a layer of a kind is explained from.
 * @param {string} kind
 * @param {Given['inputs']} inputs
 * @param {{settings?: Record<string, any>, parameters?: Given['parameters'], shape?: number[]}} [more]
 * @returns {Given}
 */
function given(
  kind,
  inputs,
  { settings = {}, parameters = {}, shape = [...inputs[0].shape] } = {},
) {
  const names = inputs.map((_, index) => `before${index}`);
  const layer = {
    name: 'here',
    kind,
    settings,
    inputs: names,
    input_shape: inputs[0].shape,
    output_shape: shape,
  };
  return { layer, inputs, parameters, output: { shape, data: new Float32Array(1) } };
}

/** @param {Given} of @param {{channel: number, row: number, column: number}} at */
const traced = (of, at) => kindOf(of.layer).trace(of, at);

test('every value of a convolution is torch’s, and its parts are those of the Lab', () => {
  for (const { settings, input, weight, bias, output } of golden('convolutions')) {
    const parameters = { weight: tensor(weight), ...(bias ? { bias: tensor(bias) } : {}) };
    const { shape } = tensor(output);
    const of = given('Conv2d', [tensor(input)], { settings, parameters, shape });
    const found = everyPosition(shape).map((at) => traced(of, at));
    found.forEach(({ value, equation }, index) => {
      assert.ok(Math.abs(value - flat(output)[index]) <= 1e-9 * Math.max(1, Math.abs(value)));
      assert.equal(equation.blocks.length, tensor(weight).shape[1]);
    });
  }
});

test('every value of a pooling is torch’s, and the winners are its winners', () => {
  for (const { settings, input, max, indices, average } of golden('poolings')) {
    const { shape } = tensor(max);
    const of = given('MaxPool2d', [tensor(input)], { settings, shape });
    const found = everyPosition(shape).map((at) => traced(of, at));
    assert.deepEqual(
      found.map(({ value }) => value),
      flat(max),
    );
    const width = tensor(input).shape[2];
    const outlined = winnersOf(found[0], 0).map(({ row, column }) => row * width + column);
    assert.deepEqual(outlined, flat(indices[0]));
    if (average === null) continue;
    const mean = given('AvgPool2d', [tensor(input)], { settings, shape });
    const means = everyPosition(shape).map((at) => traced(mean, at));
    assert.deepEqual(
      means.map(({ value }) => value),
      flat(average),
    );
    assert.deepEqual(winnersOf(means[0], 0), []);
  }
});

test('the formula of a value has the padding, the dilation and the rounding of its own layer', () => {
  const maps = { shape: [3, 7, 7], data: Float32Array.from({ length: 147 }, (_, i) => i % 11) };
  const at = { channel: 2, row: 1, column: 3 };
  const formula = (/** @type {string} */ kind, /** @type {Record<string, any>} */ settings) => {
    const of = given(kind, [maps], { settings, shape: [3, 4, 4] });
    return kindOf(of.layer).formula(traced(of, at), at, of.layer);
  };
  const pool = { kernel_size: [3, 3], stride: [2, 2], padding: [1, 1], dilation: [1, 1] };
  const plain = (/** @type {string} */ tex) => tex.replace(/\\htmlData\{[^}]*\}\{([^}]*)\}/g, '$1');
  assert.equal(
    plain(formula('MaxPool2d', pool)),
    'S_{2}(1, 3) = \\max_{m,n} I_{2}(2 \\cdot 1 + m - 1,\\, 2 \\cdot 3 + n - 1)',
  );
  const wide = { ...pool, padding: [2, 2], dilation: [2, 2] };
  assert.match(plain(formula('MaxPool2d', wide)), /1 \+ 2 ?(\\cdot )?m - 2/);
  assert.match(
    plain(formula('AvgPool2d', pool)),
    /\\frac\{1\}.*\\sum_\{m,n\} I_\{2\}\(2 \\cdot 1 \+ m - 1/,
  );
  assert.match(formula('AdaptiveAvgPool2d', { output_size: [4, 4] }), /\\sum/);
});

test('the value of a convolution names its own window and its bias', () => {
  const at = { channel: 1, row: 1, column: 0 };
  const settings = {
    kernel_size: [3, 3],
    stride: [2, 2],
    padding: [1, 1],
    dilation: [2, 2],
    groups: 1,
  };
  const weight = { shape: [2, 4, 3, 3], data: new Float32Array(72).fill(1) };
  const input = { shape: [4, 8, 8], data: new Float32Array(256).fill(1) };
  const parameters = { weight, bias: tensor([0, 1]) };
  const of = given('Conv2d', [input], { settings, parameters, shape: [2, 3, 3] });
  const tex = kindOf(of.layer).formula(traced(of, at), at, of.layer);
  assert.match(tex, /S_\{1\}\(1, 0\) = \\sum_\{c=0\}\^\{3\}.*I_\{c\}.*K_\{1,c\}.*b_\{1\}/);
  const maps = kindOf(of.layer).partials?.(of, 1);
  assert.deepEqual(maps?.shape, [4, 3, 3]);
  assert.equal(kindOf(of.layer).partials?.({ ...of, parameters: {} }, 1), null);
});

test('a window of zeros has a winner by the rule for ties, which is outlined more faintly', () => {
  const settings = { kernel_size: 2, stride: 2, padding: 0, dilation: 1 };
  const of = given(
    'MaxPool2d',
    [
      tensor([
        [
          [0, 0, 1, 0],
          [0, 0, 0, 0],
        ],
      ]),
    ],
    { settings, shape: [1, 1, 2] },
  );
  const marks = winnersOf(traced(of, start), 0).map(({ column, opacity }) => [column, opacity]);
  assert.deepEqual(marks, [
    [0, 0.14],
    [2, undefined],
  ]);
});

test('a window outlines the cells that it reads, and none of padding alone', () => {
  const maps = tensor([
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  const settings = { kernel_size: 2, stride: 1, padding: 1, dilation: 1 };
  const of = given('MaxPool2d', [maps], { settings, shape: [1, 3, 3] });
  const at = { channel: 0, row: 0, column: 1 };
  const { reads, sentence } = kindOf(of.layer);
  const box = { input: 0, channel: 0, row: 0, column: 0, rows: 1, columns: 2 };
  assert.deepEqual(reads?.(traced(of, at), at), [box]);
  assert.equal(
    sentence(traced(of, at), at, 4, of.layer),
    'the largest of the 2 values inside, from row 0, column 1',
  );
  const apart = { kernel_size: 2, stride: 1, padding: 2, dilation: 3 };
  const alone = given('MaxPool2d', [tensor([[[1]]])], { settings: apart, shape: [1, 2, 2] });
  const nothing = traced(alone, start);
  assert.deepEqual(kindOf(alone.layer).reads?.(nothing, start), []);
  assert.equal(kindOf(alone.layer).sentence(nothing, start, 4, alone.layer), '');
  assert.deepEqual(winnersOf(nothing, 0), []);
});

test('an experiment is made anew where the weights are others, and once where all is the same', () => {
  const input = tensor([[[1, 2]]]);
  const settings = { kernel_size: 1, stride: 1, padding: 0, dilation: 1, groups: 1 };
  const parameters = { weight: tensor([[[[2]]]]) };
  const of = given('Conv2d', [input], { settings, parameters });
  const { experiment } = traced(of, start);
  assert.equal(traced(of, start).experiment, experiment);
  assert.equal(traced({ ...of }, start).experiment, experiment);
  const others = { ...of, parameters: { weight: tensor([[[[3]]]]) } };
  assert.equal(traced(others, start).value, 3);
  assert.notEqual(traced(others, start).experiment, experiment);
});

test('a dense unit is the sum of its products and its bias', () => {
  const { input, weight, bias, output } = dense.linear;
  const parameters = { weight: tensor(weight), bias: tensor(bias) };
  const of = given('Linear', [tensor(input)], { parameters });
  output.forEach((/** @type {number} */ value, /** @type {number} */ channel) => {
    const trace = traced(of, { ...start, channel });
    assert.equal(trace.value, value);
    assert.equal(trace.value, trace.sum + trace.bias);
    assert.deepEqual(Array.from(trace.weight), weight[channel]);
    trace.products.forEach((/** @type {number} */ product, /** @type {number} */ i) =>
      assert.equal(product, input[i] * weight[channel][i]),
    );
  });
  assert.equal(traced({ ...of, parameters: { weight: tensor(weight) } }, start).bias, 0);
});

test('the largest contributions come first, of equals the earlier', () => {
  const parameters = { weight: tensor([[1, 1, 1, 1, 1]]) };
  const trace = traced(given('Linear', [tensor([1, -4, 2, 4, 0])], { parameters }), start);
  assert.deepEqual(
    largestContributions(trace, 3).map(({ index, product }) => [index, product]),
    [
      [1, -4],
      [3, 4],
      [2, 2],
    ],
  );
  assert.deepEqual(largestContributions(trace, 1), [
    { index: 1, input: -4, weight: 1, product: -4 },
  ]);
  assert.equal(largestContributions(trace, 99).length, 5);
});

test('a ReLU keeps what is positive, of maps and of vectors', () => {
  const { input, output } = dense.relu;
  const vector = given('ReLU', [tensor(input)]);
  const values = output.map(
    (/** @type {number} */ _, /** @type {number} */ channel) =>
      traced(vector, { ...start, channel }).value,
  );
  assert.deepEqual(values, output);
  const maps = [[[-1, 2, -3]], [[4, -5, 6]]];
  const found = everyPosition([2, 1, 3]).map((at) => traced(given('ReLU', [tensor(maps)]), at));
  assert.deepEqual(
    found.map(({ value }) => value),
    [0, 2, 0, 4, 0, 6],
  );
  assert.deepEqual(
    found.map(({ input: came }) => came),
    flat(maps),
  );
  assert.ok(Number.isNaN(traced(given('ReLU', [tensor([NaN])]), start).value));
});

test('an activation function makes of each place another value, of maps and of vectors', () => {
  /** By torch.special.ndtr in float64. @type {Record<string, number>} */
  const normalShare = {
    '-30': 0.0,
    '-3.5': 0.0002326290790355401,
    '-0.5': 0.3085375387259869,
    0: 0.5,
    0.5: 0.6914624612740131,
    2: 0.9772498680518208,
    3: 0.9986501019683699,
    7: 0.9999999999987201,
  };
  /** @type {Record<string, (x: number) => number>} */
  const expected = {
    ReLU: (x) => Math.max(0, x),
    ReLU6: (x) => Math.min(6, Math.max(0, x)),
    LeakyReLU: (x) => Math.max(0, x) - 0.2 * Math.min(0, x),
    PReLU: (x) => Math.max(0, x) - 0.25 * Math.min(0, x),
    ELU: (x) => Math.max(0, x) + 0.5 * (Math.exp(Math.min(0, x)) - 1),
    Tanh: Math.tanh,
    ScaledTanh: (x) => 1.7159 * Math.tanh((2 / 3) * x),
    Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
    SiLU: (x) => x / (1 + Math.exp(-x)),
    GELU: (x) => x * normalShare[x],
    Hardswish: (x) => (x * Math.min(6, Math.max(0, x + 3))) / 6,
    Hardsigmoid: (x) => Math.min(6, Math.max(0, x + 3)) / 6,
    Affine: (x) => 255 - x,
  };
  assert.deepEqual(
    ACTIVATIONS.map(({ kind }) => kind),
    Object.keys(expected),
  );
  const numbers = [-30, -3.5, -0.5, 0, 0.5, 2, 3, 7];
  const at = { ...start, channel: 2 };
  const settings = {
    negative_slope: -0.2,
    alpha: 0.5,
    operator: '-',
    number: 255,
    is_first: true,
  };
  for (const { kind, activation, formula, role, sentence, curve } of ACTIVATIONS) {
    const parameters = { weight: tensor([-0.25]) };
    const vector = given(kind, [tensor(numbers)], { settings, parameters });
    numbers.forEach((input, channel) => {
      const trace = traced(vector, { ...start, channel });
      assert.equal(trace.input, input);
      assert.ok(Math.abs(trace.value - expected[kind](input)) < 1e-14, `${kind} of ${input}`);
      assert.ok(curve.how(input, trace.own).length > 3);
    });
    assert.ok(Number.isNaN(traced(given(kind, [tensor([NaN])], { settings }), start).value));
    assert.equal(activation?.('3', vector.layer), curve.text('3', settings));
    assert.ok(curve.text('3', settings).includes('3'));
    const written = (/** @type {number[]} */ shape) =>
      formula(traced(vector, start), at, { ...vector.layer, output_shape: shape });
    assert.equal(written([4, 2, 2]), `y = ${curve.tex('x', settings)}`);
    assert.equal(written([4]), `y_{2} = ${curve.tex('x_{2}', settings)}`);
    assert.ok(role(vector.layer).length > 20);
    const half = traced(given(kind, [tensor([0.5])], { settings }), start);
    assert.equal(sentence(half, start, 2, vector.layer), 'of 0.50');
  }
  const how = (/** @type {string} */ kind, /** @type {number} */ x) =>
    ACTIVATIONS.find((each) => each.kind === kind)?.curve.how(x, settings);
  assert.deepEqual(
    [7, 1, -1].map((x) => how('ReLU6', x)),
    ['above 6: 6', 'positive: kept', 'not positive: zero'],
  );
  assert.deepEqual(
    [1, 0].map((x) => how('LeakyReLU', x)),
    ['positive: kept', 'not positive: times −0.2'],
  );
  assert.deepEqual(
    [1, 0].map((x) => how('ELU', x)),
    ['positive: kept', 'not positive: towards −0.5'],
  );
  assert.deepEqual(
    [3, 0, -3].map((x) => how('Hardswish', x)),
    ['from 3 on: kept', 'times a share', 'up to −3: zero'],
  );
  assert.deepEqual(
    [3, 0, -3].map((x) => how('Hardsigmoid', x)),
    ['from 3 on: 1', 'on the ramp', 'up to −3: zero'],
  );
});

test('a PReLU takes the slope of its channel, or the one there is', () => {
  const of = (/** @type {number[]} */ weight) =>
    given('PReLU', [tensor([[[-2]], [[-4]]])], {
      settings: { num_parameters: weight.length },
      parameters: { weight: tensor(weight) },
    });
  const second = { ...start, channel: 1 };
  const each = traced(of([0.5, -0.25]), second);
  assert.deepEqual([each.value, each.own], [1, { negative_slope: -0.25 }]);
  assert.equal(traced(of([0.5]), second).value, -2);
  const { activation, formula, hasParameters, role } = kindOf({ kind: 'PReLU' });
  const { layer } = of([0.5, -0.25]);
  assert.equal(hasParameters, true);
  assert.equal(formula(each, second, layer), 'y = \\max(0, x) + a \\cdot \\min(0, x)');
  assert.equal(activation?.('3', layer), 'max(0, 3) + a · min(0, 3)');
  assert.match(role(layer), /a learned number, one for each channel\.$/);
  assert.match(role(of([0.5]).layer), /a learned number, the same everywhere\.$/);
});

test('an activation function with settings writes them, a negative one in brackets', () => {
  const written = (/** @type {string} */ kind, /** @type {Record<string, number>} */ settings) => {
    const of = given(kind, [tensor([2])], { settings });
    const { activation, formula, role } = kindOf(of.layer);
    return [
      formula(traced(of, start), start, of.layer),
      activation?.('2', of.layer),
      role(of.layer),
    ];
  };
  assert.deepEqual(written('LeakyReLU', { negative_slope: -0.1 }), [
    'y_{0} = \\max(0, x_{0}) + (-0.1) \\cdot \\min(0, x_{0})',
    'max(0, 2) + −0.1 · min(0, 2)',
    'Keeps what is positive and takes everything else times −0.1, value by value.',
  ]);
  assert.deepEqual(written('ELU', { alpha: 1 }), [
    'y_{0} = \\max(0, x_{0}) + 1 \\cdot (e^{\\min(0, x_{0})} - 1)',
    'max(0, 2) + 1 · (exp(min(0, 2)) − 1)',
    'Keeps what is positive and bends everything else towards −1, value by value.',
  ]);
});

test('a number beside a value: each operator has its result, its sign and its words', () => {
  const of = (/** @type {string} */ operator, /** @type {number} */ number, is_first = false) => {
    const settings = { operator, number, is_first };
    const about = given('Affine', [tensor([3])], { settings });
    const { activation, formula, role } = kindOf(about.layer);
    const trace = traced(about, start);
    const curve = ACTIVATIONS.find(({ kind }) => kind === 'Affine')?.curve;
    return [
      trace.value,
      formula(trace, start, about.layer),
      activation?.('3', about.layer),
      curve?.how(3, settings),
      role(about.layer),
    ];
  };
  assert.deepEqual(of('+', 1), [
    4,
    'y_{0} = x_{0} + 1',
    '3 + 1',
    'plus 1',
    'Adds 1 to every value.',
  ]);
  assert.deepEqual(of('-', 0.5), [
    2.5,
    'y_{0} = x_{0} - 0.5',
    '3 − 0.5',
    'less 0.5',
    'Takes 0.5 off every value.',
  ]);
  assert.deepEqual(of('-', 1, true), [
    -2,
    'y_{0} = 1 - x_{0}',
    '1 − 3',
    'taken off 1',
    'Takes every value off 1.',
  ]);
  assert.deepEqual(of('*', -1), [
    -3,
    'y_{0} = x_{0} \\cdot (-1)',
    '3 · (−1)',
    'times −1',
    'Takes every value times −1.',
  ]);
  assert.deepEqual(of('/', 255), [
    3 / 255,
    'y_{0} = \\frac{x_{0}}{255}',
    '3 / 255',
    'divided by 255',
    'Divides every value by 255.',
  ]);
  // What it is divided by is the whole power of ten.
  assert.deepEqual(of('/', 1e-5).slice(1, 3), [
    'y_{0} = \\frac{x_{0}}{1\\cdot 10^{-5}}',
    '3 / (1 · 10⁻⁵)',
  ]);
});

test('a GELU by the tangent is torch’s, and is written as it is computed', () => {
  const settings = { approximate: 'tanh' };
  const of = given('GELU', [tensor([-1.5, 0, 0.75, 4])], { settings });
  const found = [0, 1, 2, 3].map((channel) => traced(of, { ...start, channel }).value);
  const expected = [-0.10042842301976707, 0.0, 0.5799605551656203, 3.9999297540518075];
  found.forEach((value, index) => assert.ok(Math.abs(value - expected[index]) < 1e-14));
  const { activation, formula, role } = kindOf(of.layer);
  assert.match(formula(traced(of, start), start, of.layer), /\\tanh.*0\.044715/);
  assert.equal(activation?.('3', of.layer), '3 · almost Φ(3)');
  assert.match(role(of.layer), /by a hyperbolic tangent that is close to it\.$/);
  const curve = ACTIVATIONS.find(({ kind }) => kind === 'GELU')?.curve;
  assert.match(
    curve?.tex('3.00\\cdot 10^{-9}', settings) ?? '',
    /\{\(3\.00\\cdot 10\^\{-9\}\)\}\^3/,
  );
});

test('a padded value comes from where it stood, or is the constant', () => {
  const maps = tensor([
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  const around = { settings: { padding: [1, 2], channels: [0, 0], value: -0.1 }, shape: [1, 4, 6] };
  const of = given('Pad', [maps], around);
  const found = everyPosition(around.shape).map((at) => traced(of, at).value);
  const inside = new Map([
    [8, 1],
    [9, 2],
    [14, 3],
    [15, 4],
  ]);
  assert.deepEqual(
    found,
    found.map((_, index) => inside.get(index) ?? -0.1),
  );
  const { formula, sentence, role, reads } = kindOf(of.layer);
  const at = { channel: 0, row: 1, column: 3 };
  const trace = traced(of, at);
  assert.equal(formula(trace, at, of.layer), 'y_{0}(1, 3) = x_{0}(0, 1)');
  assert.match(sentence(trace, at, 4, of.layer), /^from .*map 0, row 0, column 1$/);
  assert.equal(reads?.(trace, at)[0].column, 1);
  const edge = traced(of, start);
  assert.equal(formula(edge, start, of.layer), 'y_{0}(0, 0) = -0.1');
  assert.equal(sentence(edge, start, 4, of.layer), 'padding');
  assert.deepEqual(reads?.(edge, start), []);
  assert.match(role(of.layer), /-0.1 around every map/);
  const sides = { top: 0, bottom: 1, left: 1, right: 0 };
  const beside = given('Pad', [maps], {
    settings: { padding: sides, channels: [1, 2], value: 0 },
    shape: [4, 3, 3],
  });
  assert.equal(traced(beside, { channel: 1, row: 0, column: 1 }).value, 1);
  assert.equal(traced(beside, { channel: 2, row: 0, column: 1 }).source, null);
  assert.match(role(beside.layer), /Puts 3 maps of 0 beside/);
});

test('a flattened value comes from where torch takes it', () => {
  const { shape, sources } = dense.flatten;
  const data = Float32Array.from(sources, (_, index) => index * 2);
  const of = given('Flatten', [{ shape, data }], { shape: [data.length] });
  sources.forEach((/** @type {number[]} */ place, /** @type {number} */ channel) => {
    const { source, value } = traced(of, { ...start, channel });
    assert.deepEqual(Object.values(source), place);
    assert.equal(value, channel * 2);
  });
});

test('a probability is torch’s, and no exponential overflows', () => {
  const { logits, probabilities } = dense.softmax;
  probabilities.forEach((/** @type {number} */ probability, /** @type {number} */ channel) => {
    const trace = traced(given('Softmax', [tensor(logits)]), { ...start, channel });
    assert.ok(Math.abs(trace.value - probability) <= 1e-14 * probability);
    assert.equal(trace.maximum, 900);
    assert.equal(trace.exponentials[2], 1);
    assert.equal(trace.value, trace.exponentials[channel] / trace.sum);
  });
});

test('a sum has one term an input, and reads the same place of each', () => {
  const of = given('Add', [tensor([[[1, 2]]]), tensor([[[10, 20]]])]);
  const at = { channel: 0, row: 0, column: 1 };
  const trace = traced(of, at);
  assert.deepEqual([trace.value, trace.terms], [22, [2, 20]]);
  const { reads, formula } = kindOf(of.layer);
  assert.deepEqual(
    reads?.(trace, at).map(({ input, column }) => [input, column]),
    [
      [0, 1],
      [1, 1],
    ],
  );
  assert.equal(formula(trace, at, of.layer), 'y_{0}(0, 1) = x^{(1)}_{0}(0, 1) + x^{(2)}_{0}(0, 1)');
  const vector = given('Add', [tensor([1]), tensor([2])]);
  assert.equal(
    formula(traced(vector, start), start, vector.layer),
    'y_{0} = x^{(1)}_{0} + x^{(2)}_{0}',
  );
});

test('a product has one factor an input, and one value of a map goes for all of it', () => {
  const of = given('Multiply', [tensor([[[1, 2]], [[3, 4]]]), tensor([[[10]], [[-0.5]]])], {
    shape: [2, 1, 2],
  });
  const at = { channel: 1, row: 0, column: 1 };
  const trace = traced(of, at);
  assert.deepEqual([trace.value, trace.factors], [-2, [4, -0.5]]);
  const { reads, formula, sentence, role } = kindOf(of.layer);
  assert.deepEqual(
    reads?.(trace, at).map(({ input, channel, column }) => [input, channel, column]),
    [
      [0, 1, 1],
      [1, 1, 0],
    ],
  );
  assert.equal(
    formula(trace, at, of.layer),
    'y_{1}(0, 1) = x^{(1)}_{1}(0, 1) \\cdot x^{(2)}_{1}(0, 0)',
  );
  assert.equal(sentence(trace, at, 2, of.layer), '4.00 times −0.50');
  assert.match(role(of.layer), /one value for a map goes for all of it/);
  const vector = given('Multiply', [tensor([3]), tensor([2])]);
  assert.equal(
    formula(traced(vector, start), start, vector.layer),
    'y_{0} = x^{(1)}_{0} \\cdot x^{(2)}_{0}',
  );
  const narrow = given(
    'Multiply',
    [
      tensor([[[5], [6]]]),
      tensor([
        [[1], [1]],
        [[2], [3]],
      ]),
    ],
    {
      shape: [2, 2, 1],
    },
  );
  assert.equal(traced(narrow, { channel: 1, row: 1, column: 0 }).value, 18);
});

test('of maps laid end to end, each value comes from one input, whatever the axis', () => {
  const inputs = [
    tensor([[[1], [2]]]),
    tensor([
      [[3], [4]],
      [[5], [6]],
    ]),
  ];
  const of = given('Concatenate', inputs, { settings: { dim: 1 }, shape: [3, 2, 1] });
  const at = { channel: 2, row: 1, column: 0 };
  const trace = traced(of, at);
  assert.deepEqual(trace, { value: 6, input: 1, source: { channel: 1, row: 1, column: 0 } });
  const { formula, sentence, reads } = kindOf(of.layer);
  assert.equal(formula(trace, at, of.layer), 'y_{2}(1, 0) = x^{(2)}_{1}(1, 0)');
  assert.equal(sentence(trace, at, 4, of.layer), 'from before1, map 1, row 1, column 0');
  assert.equal(reads?.(trace, at)[0].input, 1);
  const below = given('Concatenate', [inputs[0], inputs[0]], {
    settings: { dim: -2 },
    shape: [1, 4, 1],
  });
  assert.deepEqual(traced(below, { channel: 0, row: 2, column: 0 }), {
    value: 1,
    input: 1,
    source: { channel: 0, row: 0, column: 0 },
  });
  const vector = given('Concatenate', [tensor([1]), tensor([2])], {
    settings: { dim: 1 },
    shape: [2],
  });
  const last = { ...start, channel: 1 };
  assert.equal(formula(traced(vector, last), last, vector.layer), 'y_{1} = x^{(2)}_{0}');
});

test('a normalized value is shifted and scaled with its map', () => {
  const parameters = {
    running_mean: tensor([0, 1]),
    running_var: tensor([1, 4]),
    weight: tensor([1, 3]),
    bias: tensor([0, 0.5]),
  };
  const maps = tensor([[[7]], [[5]]]);
  const at = { ...start, channel: 1 };
  const learned = traced(given('BatchNorm2d', [maps], { settings: { eps: 0 }, parameters }), at);
  assert.equal(learned.value, 6.5);
  const counted = { running_mean: parameters.running_mean, running_var: parameters.running_var };
  const plain = given('BatchNorm2d', [maps], { settings: { eps: 0 }, parameters: counted });
  assert.equal(traced(plain, at).value, 2);
  assert.equal(traced({ ...plain, parameters: {} }, at).value, 5);
});

test('a dropout leaves a value as it is; what no kind explains is not taken apart', () => {
  assert.equal(traced(given('Dropout', [tensor([3])]), start).value, 3);
  const unknown = given('Elsewhere', [tensor([3])]);
  assert.equal(traced(unknown, start), null);
  assert.equal(kindOf(unknown.layer).formula(null, start, unknown.layer), '');
  assert.equal(kindOf(unknown.layer).sentence(null, start, 4, unknown.layer), '');
});

test('each kind says what it does, in words of its own', () => {
  const settings = {
    groups: 1,
    bias: true,
    p: 0.5,
    kernel_size: [3, 3],
    channels: [0, 0],
    value: 0,
    negative_slope: 0.01,
    alpha: 1,
    operator: '+',
    number: 1,
    is_first: false,
  };
  const layer = {
    name: 'here',
    settings,
    inputs: ['one', 'other'],
    input_shape: [4, 8, 8],
    output_shape: [8, 8, 8],
  };
  const texts = KINDS.map(({ kind, role }) => role({ ...layer, kind }));
  assert.equal(new Set(texts).size, KINDS.length);
  assert.ok(texts.every((text) => text.length > 20));
  const noted = { ...layer, note: 'What is known.' };
  assert.equal(
    kindOf({ kind: 'Unexplained' }).role({ ...noted, kind: 'Unexplained' }),
    'What is known.',
  );
  assert.equal(kindOf({ kind: 'Dropout' }).role({ ...noted, kind: 'Dropout' }), 'What is known.');
});

test('a convolution says which maps its filters read, and whether there is a bias', () => {
  const { role, mapRole } = kindOf({ kind: 'Conv2d' });
  const of = (/** @type {number} */ inputs, /** @type {number} */ groups, bias = true) => ({
    name: 'conv',
    kind: 'Conv2d',
    settings: { groups, bias },
    inputs: ['pool'],
    input_shape: [inputs, 8, 8],
    output_shape: [8, 8, 8],
  });
  assert.equal(
    role(of(1, 1)),
    'Each of the 8 filters slides its kernel over the input and adds its bias.',
  );
  assert.equal(role(of(1, 1, false)), 'Each of the 8 filters slides its kernel over the input.');
  assert.match(role(of(4, 4)), /one of the 4 input maps and adds/);
  assert.match(role(of(4, 1)), /each of the 4 input maps and adds the results and its bias/);
  assert.match(
    role(of(4, 2, false)),
    /each of the 2 input maps of its group and adds the results\./,
  );
  assert.match(mapRole?.(of(1, 1), 0) ?? '', /over the input; .* one bias make this map/);
  assert.match(mapRole?.(of(1, 1, false), 0) ?? '', /its results make this map/);
  assert.match(
    mapRole?.(of(4, 1), 0) ?? '',
    /Each of the 4 maps of pool .* 4 results and one bias add up/,
  );
  assert.match(mapRole?.(of(4, 2, false), 0) ?? '', /Each of 2 of the 4 maps .* 2 results add up/);
});

test('of one there is no plural: of a depthwise filter, of a layer of one', () => {
  const { role, mapRole } = kindOf({ kind: 'Conv2d' });
  const layer = {
    name: 'conv',
    kind: 'Conv2d',
    settings: { groups: 4, bias: true },
    inputs: ['pool'],
    input_shape: [4, 8, 8],
    output_shape: [8, 8, 8],
  };
  assert.equal(
    mapRole?.(layer, 5),
    'The kernel slides over map 2 of pool; its results and one bias make this map.',
  );
  const single = { ...layer, settings: { groups: 1, bias: true }, output_shape: [1, 8, 8] };
  assert.match(role(single), /^The filter slides one kernel over each of the 4 input maps/);
  const dense = kindOf({ kind: 'Linear' });
  const unit = { ...layer, kind: 'Linear', input_shape: [7], output_shape: [1] };
  assert.equal(dense.role(unit), 'The unit weighs all 7 values, adds them and its bias.');
  assert.match(dense.role({ ...unit, input_shape: [1] }), /weighs the value and adds its bias/);
  const spread = kindOf({ kind: 'AdaptiveAvgPool2d' });
  assert.equal(spread.role({ ...layer, output_shape: [4, 1, 1] }), 'Keeps the mean of each map.');
  assert.match(spread.role(layer), /8 × 8 windows/);
});

test('a convolution by a table says which maps a filter reads, and counts the kernels there are', () => {
  const { role, mapRole, factors } = kindOf({ kind: 'Conv2d' });
  const feeds = [[1, 2], [0], [0, 1, 2]];
  const layer = {
    name: 'c3',
    kind: 'Conv2d',
    settings: { groups: 1, bias: true, feeds, kernel_size: [5, 5] },
    inputs: ['s2'],
    input_shape: [3, 14, 14],
    output_shape: [3, 10, 10],
  };
  assert.equal(
    role(layer),
    'Each of the 3 filters slides one kernel over each input map that is connected to it (6 of 9 pairs are) and adds the results and its bias.',
  );
  assert.equal(
    mapRole?.(layer, 0),
    'Each of 2 of the 3 maps of s2 meets its own kernel; the 2 results and one bias add up to this map. Map 0 is not connected to it.',
  );
  assert.match(mapRole?.(layer, 1) ?? '', /1 of the 3 maps .* the 1 result and one bias add up/);
  assert.match(mapRole?.(layer, 1) ?? '', /Maps 1 and 2 are not connected to it\.$/);
  const unbiased = { ...layer, settings: { ...layer.settings, bias: false } };
  assert.match(mapRole?.(unbiased, 1) ?? '', /the 1 result makes this map/);
  assert.match(mapRole?.(layer, 2) ?? '', /add up to this map\.$/);
  assert.deepEqual(factors?.(layer), [10, 10, 6, 5, 5]);
  assert.deepEqual(
    [0, 1, 2].map((map) => isConnected(layer, 0, map)),
    [false, true, true],
  );
});

test('a mean over rows and columns is that of the whole map, and a value of a vector', () => {
  const maps = tensor([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [-1, 0, 1],
      [2, 0, 1],
    ],
  ]);
  const settings = { dim: [2, 3], keepdim: false };
  const of = given('Mean', [maps], { settings, shape: [2] });
  const at = { channel: 1, row: 0, column: 0 };
  const kind = kindOf(of.layer);
  const found = traced(of, at);
  assert.equal(found.value, 0.5);
  assert.equal(traced(of, { ...at, channel: 0 }).value, 3.5);
  assert.equal(kind.sentence(found, at, 4, of.layer), 'the mean of 6');
  assert.deepEqual(kind.reads?.(found, at), [
    { input: 0, channel: 1, row: 0, column: 0, rows: 2, columns: 3 },
  ]);
  assert.equal(
    kind.formula(found, at, of.layer),
    'y_{1} = \\frac{1}{2 \\cdot 3} \\sum_{m=0}^{1} \\sum_{n=0}^{2} I_{1}(m, n)',
  );
  assert.equal(
    kind.role(of.layer),
    'Keeps the mean of each map: one value, without rows and columns.',
  );
  // In the Lab it is an average pooling to a single value.
  const excerpt = excerptOf(found);
  assert.deepEqual(excerpt?.experiment.settings, { output_size: [1, 1] });
});

test('a pooling says how many values of its window count, and what lies beyond', () => {
  const input = tensor([
    [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ],
  ]);
  /** @param {string} kind @param {Record<string, any>} settings @param {number} row @param {number} column */
  const parts = (kind, settings, row, column) => {
    const of = given(kind, [input], { settings, shape: [1, 2, 2] });
    return windowParts(traced(of, { channel: 0, row, column }));
  };
  const ceil = { kernel_size: 2, stride: 2, padding: 0, ceil_mode: true };
  const corner = parts('MaxPool2d', ceil, 1, 1);
  assert.deepEqual(
    [corner.made, corner.beyond],
    ['the largest of the 1 value inside', '3 lie beyond the edge (ceil_mode)'],
  );
  assert.deepEqual(parts('MaxPool2d', { ...ceil, kernel_size: 3, padding: 1 }, 0, 0), {
    counts: [false, false, false, false, true, true, false, true, true],
    made: 'the largest of the 4 values inside',
    beyond: '5 lie beyond the edge (padding)',
  });
  assert.equal(parts('MaxPool2d', ceil, 0, 0).made, 'the largest of 4');
  const wide = { kernel_size: 3, stride: 3, padding: 1, ceil_mode: true };
  const both = parts('MaxPool2d', wide, 1, 1);
  assert.equal(both.beyond, '8 lie beyond the edge (padding, ceil_mode)');
  const mean = { kernel_size: 2, stride: 2, padding: [1, 0], count_include_pad: true };
  const padded = parts('AvgPool2d', mean, 0, 0);
  assert.deepEqual(
    [padded.made, padded.beyond],
    ['the mean of 2 values and 2 zeros of padding', ''],
  );
  const inside = parts('AvgPool2d', { ...mean, count_include_pad: false }, 0, 0);
  assert.deepEqual(
    [inside.made, inside.beyond],
    ['the mean of the 2 values inside', '2 lie beyond the edge (padding)'],
  );
  const partly = { ...mean, padding: [1, 0], ceil_mode: true };
  const last = parts('AvgPool2d', partly, 0, 1);
  assert.deepEqual(
    [last.made, last.beyond],
    ['the mean of 1 value and 1 zero of padding', '2 lie beyond the padding (ceil_mode)'],
  );
  const narrow = { kernel_size: [1, 2], stride: 2, padding: 0, ceil_mode: true };
  assert.equal(parts('MaxPool2d', narrow, 0, 1).beyond, '1 lies beyond the edge (ceil_mode)');
  const sum = { kernel_size: 2, stride: 2, padding: 0, divisor_override: 1 };
  assert.equal(parts('AvgPool2d', sum, 0, 0).made, 'the sum of 4');
  assert.equal(
    parts('AvgPool2d', { ...sum, divisor_override: 3 }, 0, 0).made,
    'the sum of 4, over 3',
  );
  const one = { kernel_size: 1, stride: 2, padding: 0 };
  assert.equal(parts('MaxPool2d', one, 0, 0).made, 'the largest of 1');
});

test('what goes value by value reads its own place; a flattening reads where its value stood', () => {
  const at = { channel: 1, row: 0, column: 1 };
  const cell = { input: 0, ...at, rows: 1, columns: 1 };
  const maps = tensor([[[1, 2]], [[3, 4]]]);
  for (const kind of ['ReLU', 'Tanh', 'Dropout', 'BatchNorm2d']) {
    const of = given(kind, [maps], { settings: { eps: 1 } });
    assert.deepEqual(kindOf(of.layer).reads?.(traced(of, at), at), [cell]);
  }
  const flat = given('Flatten', [maps], { shape: [4] });
  const unit = { ...start, channel: 3 };
  assert.deepEqual(kindOf(flat.layer).reads?.(traced(flat, unit), unit), [cell]);
});
