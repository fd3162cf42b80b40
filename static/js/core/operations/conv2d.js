// A convolution as a whole, and its gradients, in float64.
//
// conv2d(input, weight, bias, settings)                        every output value
// conv2dGradients(input, weight, settings, outputGradient)     of input, weight and bias

import { correlate, products, stamp } from './correlate.js';
import { linesUnder, oriented } from './frames.js';
import { axesOf } from '../settings.js';

/**
 * @typedef {import('./frames.js').Values} Values
 * @typedef {import('./frames.js').Sums} Sums
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 * @typedef {{input: Sums, weight: Sums, bias: Sums}} Gradients
 */

/**
 * Every output value: window times kernel, summed over the channels of its group, plus bias.
 * @param {Values} input  (C_in, H, W)
 * @param {Values} weight  (C_out, C_in / groups, K_h, K_w)
 * @param {Values | null} bias  (C_out)
 * @param {WindowSettings} settings
 * @returns {Sums}  (C_out, H_out, W_out)
 */
export function conv2d(input, weight, bias, settings) {
  const kernels = oriented(weight, settings.flipKernel);
  const output = correlate(input, kernels, settings.groups, linesOf(settings, input.shape));
  if (bias) addBias(output, bias);
  return output;
}

/**
 * The gradients of the sum of output times outputGradient: a weight's is the sum of what it met at
 * every position, an input's the flipped kernel sliding over the output gradient, a bias's the sum
 * of its channel. The bias's is there whether the layer has one or not.
 * @param {Values} input  (C_in, H, W)
 * @param {Values} weight  (C_out, C_in / groups, K_h, K_w)
 * @param {WindowSettings} settings
 * @param {Values} outputGradient  (C_out, H_out, W_out)
 * @returns {Gradients}
 */
export function conv2dGradients(input, weight, settings, outputGradient) {
  const { groups, flipKernel } = settings;
  const [, height, width] = input.shape;
  const lines = linesOf(settings, input.shape);
  const kernels = oriented(weight, flipKernel);
  const used = oriented(products(outputGradient, input, groups, lines), flipKernel);
  return {
    input: stamp(outputGradient, kernels, groups, [height, width], lines),
    weight: /** @type {Sums} */ (used),
    bias: channelTotals(outputGradient),
  };
}

/**
 * Adds each channel's bias to its map.
 * @param {Sums} output  (C, H, W)
 * @param {Values} bias  (C)
 */
export function addBias({ shape, data }, bias) {
  const area = shape[1] * shape[2];
  for (let cell = 0; cell < data.length; cell++) data[cell] += bias.data[Math.floor(cell / area)];
}

/**
 * The sum of each channel.
 * @param {Values} values  (C, H, W)
 * @returns {Sums}  (C)
 */
export function channelTotals({ shape, data }) {
  const [channels, height, width] = shape;
  const totals = new Float64Array(channels);
  data.forEach((value, cell) => {
    totals[Math.floor(cell / (height * width))] += value;
  });
  return { shape: [channels], data: totals };
}

/**
 * The index map of an input of this shape, by kernel line.
 * @param {WindowSettings} settings
 * @param {readonly number[]} shape  (C, H, W)
 */
function linesOf(settings, [, height, width]) {
  const axes = axesOf(settings, height, width);
  return { rows: linesUnder(axes.height), columns: linesUnder(axes.width) };
}
