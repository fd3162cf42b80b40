import { figure } from '../rounding.js';
import { cellOf, valueAt } from './place.js';

/** @typedef {{value: number, input: number, mean: number, variance: number, eps: number, weight: number, bias: number}} BatchNorm2dTrace */

/** Each channel shifted and scaled by what was counted in training. @type {import('./registry.js').Kind<BatchNorm2dTrace>} */
export const batchNorm2d = {
  kind: 'BatchNorm2d',
  hasParameters: true,
  trace({ layer, inputs: [read], parameters }, at) {
    const of = (/** @type {string} */ name, /** @type {number} */ usual) =>
      parameters[name]?.data[at.channel] ?? usual;
    const [mean, variance] = [of('running_mean', 0), of('running_var', 1)];
    const [weight, bias, { eps }] = [of('weight', 1), of('bias', 0), layer.settings];
    const input = valueAt(read, at);
    const value = ((input - mean) / Math.sqrt(variance + eps)) * weight + bias;
    return { value, input, mean, variance, eps, weight, bias };
  },
  formula: (_, { channel: c }) =>
    `y = \\frac{x - \\mu_{${c}}}{\\sqrt{\\sigma^2_{${c}} + \\varepsilon}}\\, \\gamma_{${c}} + \\beta_{${c}}`,
  sentence: ({ input, mean }, _, decimals) =>
    `of ${figure(input, decimals)}, less the mean ${figure(mean, decimals)}, scaled and shifted`,
  role: () =>
    'Takes off each map’s mean in training, divides by its deviation there, then scales and shifts by two learned numbers.',
  reads: (_, at) => [cellOf(0, at)],
};
