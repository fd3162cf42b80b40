// Normalizations by the image itself: of groups of maps, or over the last axes.

import { figure } from '../rounding.js';
import { mapsOf } from '../tensor.js';
import { cellOf, valueAt } from './place.js';

/**
 * @typedef {{value: number, input: number, mean: number, variance: number, count: number, eps: number,
 *   weight: number, bias: number}} NormTrace
 *
 * `block`: how many values that lie one behind the other are normalized together; `learned`: which of the
 * learned numbers is that of a place.
 * @typedef {object} Norm
 * @property {(layer: import('./registry.js').Layer) => number} block
 * @property {(index: number, channel: number, block: number) => number} learned
 */

/** @param {Float32Array} values */
function statistics(values) {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, variance: squares / values.length };
}

/**
 * @param {Norm & {role: (layer: import('./registry.js').Layer) => string}} norm
 * @returns {Omit<import('./registry.js').Kind<NormTrace>, 'kind'>}
 */
const norm = ({ block, learned, role }) => ({
  hasParameters: true,
  trace({ layer, inputs: [read], parameters }, at) {
    const { rows, columns } = mapsOf(read.shape);
    const index = (at.channel * rows + at.row) * columns + at.column;
    const count = block(layer);
    const first = index - (index % count);
    const { mean, variance } = statistics(read.data.subarray(first, first + count));
    const number = learned(index, at.channel, count);
    const [weight, bias] = [parameters.weight, parameters.bias].map((its) =>
      Number(its?.data[number]),
    );
    const input = valueAt(read, at);
    const { eps } = layer.settings;
    const value = ((input - mean) / Math.sqrt(variance + eps)) * weight + bias;
    return { value, input, mean, variance, count, eps, weight, bias };
  },
  formula: () => 'y = \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}}\\, \\gamma + \\beta',
  sentence: ({ input, mean, count }, _, decimals) =>
    `of ${figure(input, decimals)}, less the mean ${figure(mean, decimals)} of ${count} values, scaled and shifted`,
  role,
  reads: (_, at) => [cellOf(0, at)],
});

/** @type {import('./registry.js').Kind<NormTrace>} */
export const groupNorm = {
  ...norm({
    block: ({ settings, input_shape: shape }) =>
      shape.reduce((product, size) => product * size, 1) / settings.num_groups,
    learned: (_, channel) => channel,
    role: ({ settings: { num_groups: groups } }) =>
      `Takes off the mean of each of ${groups} groups of maps and divides by its deviation, then scales and shifts each map by two learned numbers.`,
  }),
  kind: 'GroupNorm',
};

/** @type {import('./registry.js').Kind<NormTrace>} */
export const layerNorm = {
  ...norm({
    /** @param {import('./registry.js').Layer} layer */
    block: ({ settings }) =>
      settings.normalized_shape.reduce(
        (/** @type {number} */ product, /** @type {number} */ size) => product * size,
        1,
      ),
    learned: (index, _, count) => index % count,
    role: ({ settings: { normalized_shape: shape } }) =>
      `Takes off the mean over the last axes (${shape.join(' × ')}) and divides by the deviation there, then scales and shifts by learned numbers.`,
  }),
  kind: 'LayerNorm',
};
