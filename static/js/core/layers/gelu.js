// A value times the share of a normal distribution that lies below it.

import { errorFunction } from '../error_function.js';

/** @import {ActivationFunction} from './activations.js' */

/** What stands for the error function of x/√2, for less. @param {number} x */
const tangent = (x) => Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3));

/** What is raised to a power: a product, as a power of ten is, in brackets. @param {string} tex */
const enclosed = (tex) => (/^[^(].*\\cdot/.test(tex) ? `(${tex})` : tex);

/** GELU, exact or by a hyperbolic tangent. @type {Omit<ActivationFunction, 'kind'>} */
export const gelu = {
  of: (x, { approximate }) =>
    (x * (1 + (approximate === 'tanh' ? tangent(x) : errorFunction(x / Math.SQRT2)))) / 2,
  tex: (x, { approximate }) =>
    approximate === 'tanh'
      ? `\\frac{${x}}{2} (1 + \\tanh(\\sqrt{\\tfrac{2}{\\pi}} (${x} + 0.044715 \\cdot {${enclosed(x)}}^3)))`
      : `${x} \\cdot \\Phi(${x})`,
  text: (x, { approximate }) => `${x} · ${approximate === 'tanh' ? 'almost ' : ''}Φ(${x})`,
  how: () => 'times the share Φ of a normal distribution below it',
  role: ({ approximate }) =>
    `Takes every value times the share of a normal distribution that lies below it${approximate === 'tanh' ? ', by a hyperbolic tangent that is close to it' : ''}.`,
  least: -0.25,
};
