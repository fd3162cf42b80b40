// Activation functions: each makes of a value another one, by itself. Another one is one more entry.

import { figure } from '../rounding.js';
import { cellOf, valueAt } from './place.js';

/**
 * @typedef {{value: number, input: number}} ActivationTrace  NaN stays NaN
 *
 * `of`: the function; `tex`, `text`: its call, written; `how`: what it did to a value, in a few words;
 * `least`: the lowest value that a picture of its curve has room for, at the least.
 * @typedef {object} ActivationFunction
 * @property {string} kind
 * @property {(x: number) => number} of
 * @property {(x: string) => string} tex
 * @property {(x: string) => string} text
 * @property {(x: number) => string} how
 * @property {string} role
 * @property {number} [least]
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

/** @type {readonly ActivationFunction[]} */
const FUNCTIONS = [
  {
    kind: 'ReLU',
    of: relu,
    tex: (x) => `\\max(0, ${x})`,
    text: (x) => `max(0, ${x})`,
    how: (x) => (x > 0 ? 'positive: kept' : 'not positive: zero'),
    role: 'Keeps what is positive and makes everything else zero, value by value.',
  },
  {
    kind: 'ReLU6',
    of: relu6,
    tex: (x) => `\\min(\\max(0, ${x}), 6)`,
    text: (x) => `min(max(0, ${x}), 6)`,
    how: (x) => (x > 6 ? 'above 6: 6' : x > 0 ? 'positive: kept' : 'not positive: zero'),
    role: 'Keeps what is positive, of that no more than 6, and makes everything else zero.',
  },
  {
    kind: 'Tanh',
    of: Math.tanh,
    tex: (x) => `\\tanh(${x})`,
    text: (x) => `tanh(${x})`,
    how: () => 'its hyperbolic tangent',
    role: 'Bends every value into the range from −1 to 1, value by value; near 0 it changes little.',
    least: -1,
  },
  {
    kind: 'ScaledTanh',
    of: (x) => AMPLITUDE * Math.tanh(SLOPE * x),
    tex: (x) => `${AMPLITUDE} \\tanh(\\tfrac{2}{3} \\cdot ${x})`,
    text: (x) => `${AMPLITUDE} tanh(2/3 · ${x})`,
    how: () => 'its hyperbolic tangent, scaled',
    role: 'Bends every value into the range from −1.7159 to 1.7159; 1 and −1 stay what they are.',
    least: -1.8,
  },
  {
    kind: 'Sigmoid',
    of: sigmoid,
    tex: (x) => `\\frac{1}{1 + e^{-${x}}}`,
    text: (x) => `sigmoid(${x})`,
    how: () => 'its sigmoid',
    role: 'Bends every value into the range from 0 to 1, value by value; 0 becomes one half.',
  },
  {
    kind: 'SiLU',
    of: (x) => x * sigmoid(x),
    tex: (x) => `\\frac{${x}}{1 + e^{-${x}}}`,
    text: (x) => `${x} · sigmoid(${x})`,
    how: () => 'times its own sigmoid',
    role: 'Takes every value times its own sigmoid: what is far below 0 becomes nearly 0.',
    least: -0.4,
  },
  {
    kind: 'Hardswish',
    of: (x) => (x * relu6(x + 3)) / 6,
    tex: (x) => `${x} \\cdot \\frac{\\min(\\max(0, ${x} + 3), 6)}{6}`,
    text: (x) => `${x} · min(max(0, ${x} + 3), 6) / 6`,
    how: (x) => (x >= 3 ? 'from 3 on: kept' : x > -3 ? 'times a share' : 'up to −3: zero'),
    role: 'Takes every value times a ramp from 0 at −3 to 1 at 3: a SiLU without an exponential.',
    least: -0.5,
  },
  {
    kind: 'Hardsigmoid',
    of: (x) => relu6(x + 3) / 6,
    tex: (x) => `\\frac{\\min(\\max(0, ${x} + 3), 6)}{6}`,
    text: (x) => `min(max(0, ${x} + 3), 6) / 6`,
    how: (x) => (x >= 3 ? 'from 3 on: 1' : x > -3 ? 'on the ramp' : 'up to −3: zero'),
    role: 'Makes of every value its place on a ramp from 0 at −3 to 1 at 3: a sigmoid without an exponential.',
  },
];

/** Every activation function, as a kind of layer. @type {readonly ActivationKind[]} */
export const ACTIVATIONS = FUNCTIONS.map((curve) => ({
  kind: curve.kind,
  curve,
  trace({ inputs: [read] }, at) {
    const input = valueAt(read, at);
    return { value: curve.of(input), input };
  },
  formula: (_, { channel }, { output_shape: shape }) =>
    shape.length === 3
      ? `y = ${curve.tex('x')}`
      : `y_{${channel}} = ${curve.tex(`x_{${channel}}`)}`,
  sentence: ({ input }, _, decimals) => `of ${figure(input, decimals)}`,
  role: () => curve.role,
  reads: (_, at) => [cellOf(0, at)],
  activation: curve.text,
}));
