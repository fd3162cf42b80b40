// A transposed convolution as a whole, in float64.
//
// convTranspose2d(input, weight, bias, settings)                        every output value
// convTranspose2dGradients(input, weight, settings, outputGradient)     of input, weight and bias

import { addBias, channelTotals } from './conv2d.js';
import { correlate, products, stamp } from './correlate.js';
import { oriented } from './frames.js';
import { targetLines, transposedAxes, transposedSize } from './transposed_axis.js';

/**
 * @typedef {import('./frames.js').Values} Values
 * @typedef {import('./frames.js').Sums} Sums
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 */

/**
 * Every output value: each input value stamps its kernel, times itself; what overlaps adds up.
 * @param {Values} input  (C_in, H, W)
 * @param {Values} weight  (C_in, C_out / groups, K_h, K_w)
 * @param {Values | null} bias  (C_out)
 * @param {WindowSettings} settings
 * @returns {Sums}  (C_out, H_out, W_out)
 */
export function convTranspose2d(input, weight, bias, settings) {
  const { size, lines } = spreadOf(settings, input.shape);
  const kernels = oriented(weight, settings.flipKernel);
  const output = stamp(input, kernels, settings.groups, size, lines);
  if (bias) addBias(output, bias);
  return output;
}

/**
 * The gradients of the sum of output times outputGradient: an input's is a plain convolution of the
 * output gradient, a weight's the sum of what it met at every position.
 * @param {Values} input  (C_in, H, W)
 * @param {Values} weight  (C_in, C_out / groups, K_h, K_w)
 * @param {WindowSettings} settings
 * @param {Values} outputGradient  (C_out, H_out, W_out)
 * @returns {import('./conv2d.js').Gradients}
 */
export function convTranspose2dGradients(input, weight, settings, outputGradient) {
  const { groups, flipKernel } = settings;
  const { lines } = spreadOf(settings, input.shape);
  const used = oriented(products(input, outputGradient, groups, lines), flipKernel);
  return {
    input: correlate(outputGradient, oriented(weight, flipKernel), groups, lines),
    weight: /** @type {Sums} */ (used),
    bias: channelTotals(outputGradient),
  };
}

/**
 * The output's size, and where each kernel line lands for each input line.
 * @param {WindowSettings} settings
 * @param {readonly number[]} shape  of the input, (C, H, W)
 */
function spreadOf(settings, [, rows, columns]) {
  const { height, width } = transposedAxes(settings, rows, columns);
  return {
    size: /** @type {[number, number]} */ ([transposedSize(height), transposedSize(width)]),
    lines: { rows: targetLines(height), columns: targetLines(width) },
  };
}
