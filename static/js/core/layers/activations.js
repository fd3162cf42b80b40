// Activation functions: each makes of a value another one, by itself. Another one is one more entry.

import { shortest } from '../number.js';
import { figure, texNumber } from '../rounding.js';
import { affine } from './affine.js';
import { gelu } from './gelu.js';
import { cellOf, valueAt } from './place.js';

/**
 * The numbers that a function has beside what comes in, by PyTorch's names: most often none.
 * @typedef {Readonly<Record<string, any>>} Own
 *
 * @typedef {{value: number, input: number, own: Own}} ActivationTrace  NaN stays NaN
 *
 * `of`: the function; `tex`, `text`: its call, written; `how`: what it did to a value, in a few words;
 * `least`: the lowest value that a picture of its curve has room for, at the least; `isLinear`: whether that
 * is a straight line; `own`: its numbers at a place, where they are not the layer's settings.
 * @typedef {object} ActivationFunction
 * @property {string} kind
 * @property {(x: number, own: Own) => number} of
 * @property {(x: string, own: Own) => string} tex
 * @property {(x: string, own: Own) => string} text
 * @property {(x: number, own: Own) => string} how
 * @property {(own: Own) => string} role
 * @property {number} [least]
 * @property {boolean} [isLinear]
 * @property {boolean} [hasParameters]
 * @property {(given: import('./registry.js').Given, at: import('../operands.js').Position) => Own} [own]
 *
 * @typedef {import('./registry.js').Kind<ActivationTrace> & {curve: ActivationFunction}} ActivationKind
 */

const [AMPLITUDE, SLOPE] = [1.7159, 2 / 3];

/** @param {number} x */
const relu = (x) => (x <= 0 ? 0 : x);

/** @param {number} x */
const relu6 = (x) => (x > 6 ? 6 : relu(x));

/** @param {number} x */
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** A number of a function's own, in LaTeX. @param {number} own */
const texOwn = (own) => texNumber(shortest(own));

/**
 * What every leaky ReLU is; `a` stands for a slope that is learned and not there.
 * @type {Pick<ActivationFunction, 'of' | 'tex' | 'text' | 'how'>}
 */
const LEAKY = {
  of: (x, { negative_slope: slope }) => (x > 0 ? x : slope * x),
  tex: (x, { negative_slope: slope }) =>
    `\\max(0, ${x}) + ${slope === undefined ? 'a' : texOwn(slope)} \\cdot \\min(0, ${x})`,
  text: (x, { negative_slope: slope }) =>
    `max(0, ${x}) + ${slope === undefined ? 'a' : shortest(slope)} · min(0, ${x})`,
  how: (x, { negative_slope: slope }) =>
    x > 0 ? 'positive: kept' : `not positive: times ${shortest(slope)}`,
};

/** @type {readonly ActivationFunction[]} */
const FUNCTIONS = [
  {
    kind: 'ReLU',
    of: relu,
    tex: (x) => `\\max(0, ${x})`,
    text: (x) => `max(0, ${x})`,
    how: (x) => (x > 0 ? 'positive: kept' : 'not positive: zero'),
    role: () => 'Keeps what is positive and makes everything else zero, value by value.',
  },
  {
    kind: 'ReLU6',
    of: relu6,
    tex: (x) => `\\min(\\max(0, ${x}), 6)`,
    text: (x) => `min(max(0, ${x}), 6)`,
    how: (x) => (x > 6 ? 'above 6: 6' : x > 0 ? 'positive: kept' : 'not positive: zero'),
    role: () => 'Keeps what is positive, of that no more than 6, and makes everything else zero.',
  },
  {
    ...LEAKY,
    kind: 'LeakyReLU',
    role: ({ negative_slope: slope }) =>
      `Keeps what is positive and takes everything else times ${shortest(slope)}, value by value.`,
  },
  {
    ...LEAKY,
    kind: 'PReLU',
    hasParameters: true,
    own({ parameters: { weight } }, { channel }) {
      return { negative_slope: weight?.data[weight.data.length > 1 ? channel : 0] };
    },
    role: ({ num_parameters: slopes }) =>
      `Keeps what is positive and takes everything else times a learned number, ${slopes > 1 ? 'one for each channel' : 'the same everywhere'}.`,
  },
  {
    kind: 'ELU',
    of: (x, { alpha }) => (x > 0 ? x : alpha * Math.expm1(x)),
    tex: (x, { alpha }) => `\\max(0, ${x}) + ${texOwn(alpha)} \\cdot (e^{\\min(0, ${x})} - 1)`,
    text: (x, { alpha }) => `max(0, ${x}) + ${shortest(alpha)} · (exp(min(0, ${x})) − 1)`,
    how: (x, { alpha }) => (x > 0 ? 'positive: kept' : `not positive: towards ${shortest(-alpha)}`),
    role: ({ alpha }) =>
      `Keeps what is positive and bends everything else towards ${shortest(-alpha)}, value by value.`,
  },
  {
    kind: 'Tanh',
    of: Math.tanh,
    tex: (x) => `\\tanh(${x})`,
    text: (x) => `tanh(${x})`,
    how: () => 'its hyperbolic tangent',
    role: () =>
      'Bends every value into the range from −1 to 1, value by value; near 0 it changes little.',
    least: -1,
  },
  {
    kind: 'ScaledTanh',
    of: (x) => AMPLITUDE * Math.tanh(SLOPE * x),
    tex: (x) => `${AMPLITUDE} \\tanh(\\tfrac{2}{3} \\cdot ${x})`,
    text: (x) => `${AMPLITUDE} tanh(2/3 · ${x})`,
    how: () => 'its hyperbolic tangent, scaled',
    role: () =>
      'Bends every value into the range from −1.7159 to 1.7159; 1 and −1 stay what they are.',
    least: -1.8,
  },
  {
    kind: 'Sigmoid',
    of: sigmoid,
    tex: (x) => `\\frac{1}{1 + e^{-${x}}}`,
    text: (x) => `sigmoid(${x})`,
    how: () => 'its sigmoid',
    role: () => 'Bends every value into the range from 0 to 1, value by value; 0 becomes one half.',
  },
  {
    kind: 'SiLU',
    of: (x) => x * sigmoid(x),
    tex: (x) => `\\frac{${x}}{1 + e^{-${x}}}`,
    text: (x) => `${x} · sigmoid(${x})`,
    how: () => 'times its own sigmoid',
    role: () => 'Takes every value times its own sigmoid: what is far below 0 becomes nearly 0.',
    least: -0.4,
  },
  { kind: 'GELU', ...gelu },
  {
    kind: 'Hardswish',
    of: (x) => (x * relu6(x + 3)) / 6,
    tex: (x) => `${x} \\cdot \\frac{\\min(\\max(0, ${x} + 3), 6)}{6}`,
    text: (x) => `${x} · min(max(0, ${x} + 3), 6) / 6`,
    how: (x) => (x >= 3 ? 'from 3 on: kept' : x > -3 ? 'times a share' : 'up to −3: zero'),
    role: () =>
      'Takes every value times a ramp from 0 at −3 to 1 at 3: a SiLU without an exponential.',
    least: -0.5,
  },
  {
    kind: 'Hardsigmoid',
    of: (x) => relu6(x + 3) / 6,
    tex: (x) => `\\frac{\\min(\\max(0, ${x} + 3), 6)}{6}`,
    text: (x) => `min(max(0, ${x} + 3), 6) / 6`,
    how: (x) => (x >= 3 ? 'from 3 on: 1' : x > -3 ? 'on the ramp' : 'up to −3: zero'),
    role: () =>
      'Makes of every value its place on a ramp from 0 at −3 to 1 at 3: a sigmoid without an exponential.',
  },
  { kind: 'Affine', ...affine },
];

/** Every activation function, as a kind of layer. @type {readonly ActivationKind[]} */
export const ACTIVATIONS = FUNCTIONS.map((curve) => ({
  kind: curve.kind,
  curve,
  hasParameters: curve.hasParameters,
  isLinear: curve.isLinear,
  trace(given, at) {
    const input = valueAt(given.inputs[0], at);
    const own = curve.own?.(given, at) ?? given.layer.settings;
    return { value: curve.of(input, own), input, own };
  },
  formula: (_, { channel }, { settings, output_shape: shape }) =>
    shape.length === 3
      ? `y = ${curve.tex('x', settings)}`
      : `y_{${channel}} = ${curve.tex(`x_{${channel}}`, settings)}`,
  sentence: ({ input }, _, decimals) => `of ${figure(input, decimals)}`,
  role: ({ settings }) => curve.role(settings),
  reads: (_, at) => [cellOf(0, at)],
  activation: (value, { settings }) => curve.text(value, settings),
}));
