// A number beside a value: added to it, taken off it, multiplied with it or what it is divided by.

import { shortest } from '../number.js';
import { texNumber } from '../rounding.js';

/** @import {ActivationFunction, Own} from './activations.js' */

/**
 * The operators of a number and a value: what they give, their sign, and what they do in words.
 * @type {Record<string, {of: (a: number, b: number) => number, tex: (a: string, b: string) => string,
 *   text: string, how: string, role: (number: string) => string}>}
 */
const OPERATORS = {
  '+': {
    of: (a, b) => a + b,
    tex: (a, b) => `${a} + ${b}`,
    text: '+',
    how: 'plus',
    role: (number) => `Adds ${number} to every value.`,
  },
  '-': {
    of: (a, b) => a - b,
    tex: (a, b) => `${a} - ${b}`,
    text: '−',
    how: 'less',
    role: (number) => `Takes ${number} off every value.`,
  },
  '*': {
    of: (a, b) => a * b,
    tex: (a, b) => `${a} \\cdot ${b}`,
    text: '·',
    how: 'times',
    role: (number) => `Takes every value times ${number}.`,
  },
  '/': {
    of: (a, b) => a / b,
    tex: (a, b) => `\\frac{${a}}{${b}}`,
    text: '/',
    how: 'divided by',
    role: (number) => `Divides every value by ${number}.`,
  },
};

/**
 * A value and the number beside it, in their order.
 * @template T
 * @param {T} x
 * @param {T} number
 * @param {Own} own
 * @returns {[T, T]}
 */
const inOrder = (x, number, { is_first: isFirst }) => (isFirst ? [number, x] : [x, number]);

/** A number behind an operator: a sign or a product of its own in brackets. @param {string} text */
const enclosed = (text) => (/^−| · /.test(text) ? `(${text})` : text);

/** A straight line of each value by itself. @type {Omit<ActivationFunction, 'kind'>} */
export const affine = {
  isLinear: true,
  of: (x, own) => OPERATORS[own.operator].of(...inOrder(x, own.number, own)),
  tex: (x, own) => OPERATORS[own.operator].tex(...inOrder(x, texNumber(shortest(own.number)), own)),
  text(x, own) {
    const [first, second] = inOrder(x, shortest(own.number), own);
    return `${first} ${OPERATORS[own.operator].text} ${enclosed(second)}`;
  },
  how: (_, { operator, number, is_first: isFirst }) =>
    isFirst ? `taken off ${shortest(number)}` : `${OPERATORS[operator].how} ${shortest(number)}`,
  role: ({ operator, number, is_first: isFirst }) =>
    isFirst
      ? `Takes every value off ${shortest(number)}.`
      : OPERATORS[operator].role(shortest(number)),
};
