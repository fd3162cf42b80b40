import assert from 'node:assert/strict';
import { test } from 'node:test';

import { convolutionValue, sizeFormula, valueFormula } from '../../../static/js/core/formula.js';
import {
  count,
  fixed,
  percent,
  scientific,
  shapeText,
  significant,
} from '../../../static/js/core/number.js';
import { macsText, positionText, roleText } from '../../../static/js/core/roles.js';
import { pairText, settingsText, sizeText } from '../../../static/js/core/sentences.js';

const CONV2 = {
  name: 'conv2',
  kind: 'Conv2d',
  settings: {
    kernel_size: [3, 3],
    stride: [1, 1],
    padding: [1, 1],
    dilation: [1, 1],
    groups: 1,
    padding_mode: 'zeros',
  },
  input_shape: [32, 14, 14],
  output_shape: [64, 14, 14],
  multiply_accumulates: 3612672,
};
const STEP = {
  input: 14,
  padding_before: 1,
  padding_after: 1,
  kernel_size: 3,
  dilation: 1,
  stride: 1,
  numerator: 13,
  quotient: 13,
  output: 14,
};

test('numbers: a true minus, no negative zero, infinities by sign', () => {
  assert.equal(fixed(-1.2345), '−1.234');
  assert.equal(fixed(-0.0001, 2), '0.00');
  assert.equal(fixed(Infinity), '∞');
  assert.equal(fixed(-Infinity), '−∞');
  assert.equal(fixed(NaN), 'NaN');
});

test('significant digits, powers of ten where decimals would not say it', () => {
  assert.equal(significant(0.012345), '0.0123');
  assert.equal(significant(1234.5), '1235');
  assert.equal(significant(0), '0');
  assert.equal(significant(-2.4e-7), '−2.40 · 10⁻⁷');
  assert.equal(scientific(0), '0');
  assert.equal(scientific(1.5e12), '1.5 · 10¹²');
});

test('counts, shares and shapes', () => {
  assert.equal(count(421642), '421,642');
  assert.equal(percent(0.9987), '99.9 %');
  assert.equal(shapeText([32, 28, 28]), '32 × 28 × 28');
});

test('settings: the defaults are left out, what differs is said', () => {
  assert.equal(settingsText(withSize(CONV2)), 'Conv2d 3×3, stride 1, padding 1');
  const odd = {
    kernel_size: [3, 5],
    stride: [2, 1],
    padding: [0, 2],
    dilation: [2, 2],
    groups: 4,
    padding_mode: 'reflect',
    ceil_mode: true,
  };
  assert.equal(
    settingsText({ kind: 'Conv2d', settings: odd, output_size: null }),
    'Conv2d 3×5, stride (2, 1), padding (0, 2), dilation 2, groups 4, reflect, ceil_mode',
  );
  assert.equal(
    settingsText({
      kind: 'MaxPool2d',
      settings: { kernel_size: 2, stride: 2, padding: 0 },
      output_size: null,
    }),
    'MaxPool2d 2×2, stride 2',
  );
  assert.equal(
    settingsText({
      kind: 'Linear',
      settings: { in_features: 128, out_features: 10 },
      output_size: null,
    }),
    'Linear 128 → 10',
  );
  assert.equal(settingsText({ kind: 'ReLU', settings: {}, output_size: null }), 'ReLU');
  assert.equal(pairText(3), '3');
});

/** @param {typeof CONV2} layer */
const withSize = (layer) => ({ ...layer, output_size: { height: STEP, width: STEP } });

test('the size formula in text: one line, both axes where they differ, sides by themselves', () => {
  assert.equal(sizeText(withSize(CONV2)), '⌊(14 + 2·1 − 3) / 1⌋ + 1 = 14');
  const uneven = {
    ...STEP,
    padding_before: 0,
    padding_after: 1,
    dilation: 2,
    stride: 2,
    output: 6,
  };
  assert.equal(
    sizeText({
      kind: 'Conv2d',
      settings: {},
      output_size: {
        height: uneven,
        width: { ...STEP, padding_before: 0, padding_after: 0, output: 12 },
      },
    }),
    '⌊(14 + 0 + 1 − 2·(3 − 1) − 1) / 2⌋ + 1 = 6 · ⌊(14 − 3) / 1⌋ + 1 = 12',
  );
  assert.equal(sizeText({ kind: 'ReLU', settings: {}, output_size: null }), '–');
});

test('multiply-accumulates as a product that gives their number', () => {
  for (const layer of [
    CONV2,
    {
      kind: 'Linear',
      settings: {},
      input_shape: [3136],
      output_shape: [128],
      multiply_accumulates: 401408,
    },
  ]) {
    const [factors, total] = macsText(layer).split(' = ');
    const product = factors.split('·').reduce((a, b) => a * Number(b), 1);
    assert.equal(count(product), total);
    assert.equal(product, layer.multiply_accumulates);
  }
  assert.match(macsText({ ...CONV2, multiply_accumulates: 0 }), /none/);
});

test('positions and roles of every kind', () => {
  const at = { layer: 'conv2', channel: 3, row: 5, column: 7 };
  assert.equal(positionText(at, [64, 14, 14]), 'conv2 · map 3 · row 5, column 7');
  assert.equal(positionText({ ...at, layer: 'fc1' }, [128]), 'fc1 · unit 3');
  const kinds = ['Conv2d', 'ReLU', 'MaxPool2d', 'AvgPool2d', 'Flatten', 'Linear', 'Softmax'];
  const texts = kinds.map((kind) => roleText({ ...CONV2, kind }));
  assert.equal(new Set(texts).size, kinds.length);
  assert.ok(texts.every((text) => text.length > 20));
  assert.match(roleText({ ...CONV2, input_shape: [1, 28, 28] }), /its kernel over the input/);
  assert.equal(roleText({ ...CONV2, kind: 'Other' }), '');
});

test('the size formula: symbols above, the same numbers below', () => {
  const { symbols, numbers, spoken } = sizeFormula(
    { ...STEP, stride: 2, quotient: 6.5, output: 7 },
    'H',
  );
  assert.match(symbols, /H_\{\\text\{out\}\}/);
  assert.match(numbers, /14 \+ 2\\cdot 1 - 1\\,\(3 - 1\) - 1\}\{2\}/);
  assert.match(numbers, /\\lfloor 6\.5 \\rfloor \+ 1 = \\mathbf\{7\}/);
  assert.match(spoken, /is 6; plus one is 7/);
  assert.match(sizeFormula({ ...STEP, padding_before: 0 }, 'W').numbers, /14 \+ 0 \+ 1/);
});

test('the value of a convolution names its own window', () => {
  const at = { channel: 3, row: 5, column: 7 };
  assert.match(
    convolutionValue(at, CONV2.settings, 32),
    /S_\{3\}\(5, 7\) = \\sum_\{c=0\}\^\{31\}.*I_\{c\}\(5 \+ m - 1,\\, 7 \+ n - 1\).*b_\{3\}/,
  );
  const strided = { kernel_size: [3, 3], stride: [2, 2], padding: 0, dilation: [2, 2] };
  assert.match(convolutionValue(at, strided, 1), /I_\{0\}\(10 \+ 2m,\\, 14 \+ 2n\)/);
  const sided = {
    ...strided,
    dilation: undefined,
    padding: { top: 2, left: 0, bottom: 0, right: 0 },
  };
  assert.match(convolutionValue(at, sided, 1), /I_\{0\}\(10 \+ m - 2,\\, 14 \+ n\)/);
});

test('the value of every other kind', () => {
  const at = { channel: 2, row: 1, column: 3 };
  const pool = { settings: { kernel_size: [2, 2], stride: [2, 2] }, input_shape: [64, 14, 14] };
  assert.match(valueFormula('MaxPool2d', at, pool), /F_\{2\}\(2 \+ a,\\, 6 \+ b\)/);
  assert.equal(valueFormula('ReLU', at, pool), 'y = \\max(0, x)');
  assert.equal(
    valueFormula('ReLU', at, { settings: {}, input_shape: [128] }),
    'y_{2} = \\max(0, x_{2})',
  );
  assert.equal(
    valueFormula('Flatten', at, { settings: {}, input_shape: [64, 7, 7] }),
    'i = c \\cdot 7 \\cdot 7 + r \\cdot 7 + k',
  );
  assert.match(
    valueFormula('Linear', at, { settings: {}, input_shape: [128] }),
    /\^\{127\} w_\{2,i\}/,
  );
  assert.match(
    valueFormula('Softmax', at, { settings: {}, input_shape: [10] }),
    /\^\{9\} e\^\{z_j\}.*e\^\{z_\{2\} - m\}.*e\^\{z_j - m\}.*m = /,
  );
  assert.equal(valueFormula('Other', at, pool), '');
});
