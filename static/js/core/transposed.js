// A transposed convolution as a whole, in float64.
//
// convTranspose2d(input, weight, bias, settings)    every output value

import { addBias } from './convolution.js';
import { stamp } from './correlate.js';
import { oriented } from './planes.js';
import { targetLines, transposedAxes, transposedSize } from './transposed_axis.js';

/**
 * @typedef {import('./planes.js').Values} Values
 * @typedef {import('./planes.js').Sums} Sums
 * @typedef {import('./settings.js').WindowSettings} WindowSettings
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
  const { height, width } = transposedAxes(settings, input.shape[1], input.shape[2]);
  const lines = { rows: targetLines(height), columns: targetLines(width) };
  const kernels = oriented(weight, settings.flipKernel);
  /** @type {[number, number]} */
  const size = [transposedSize(height), transposedSize(width)];
  const output = stamp(input, kernels, settings.groups, size, lines);
  if (bias) addBias(output, bias);
  return output;
}
