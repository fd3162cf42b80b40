// What one value of a transposed convolution is made of, from both ends, in float64.
//
// traceConvTranspose2d(input, weight, bias, settings, position)    what one output value gathers
// traceStamp(input, weight, settings, position)                    what one input value stamps

import { channelsOf, gather, sum } from '../operands.js';
import { oriented } from './frames.js';
import { targets, transposedAxes, writers } from './transposed_axis.js';

/**
 * @typedef {import('./frames.js').Values} Values
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 * @typedef {import('./window.js').Source} Source
 * @typedef {import('../operands.js').Position} Position
 *
 * Input row rows[i] reaches the value with kernel row kernelRows[i], the columns likewise; window,
 * weight and products are row-major of [channels, rows, columns].
 * @typedef {{
 *   kind: 'ConvTranspose2d',
 *   value: number,
 *   inputChannels: number[],
 *   rows: number[],
 *   columns: number[],
 *   kernelRows: number[],
 *   kernelColumns: number[],
 *   window: Float64Array,
 *   weight: Float64Array,
 *   products: Float64Array,
 *   bias: number,
 * }} ConvTranspose2dTrace
 *
 * Kernel row i lands on output row rows[i], null where padding took it away; weight and products are
 * row-major of [channels, K_h, K_w].
 * @typedef {{
 *   kind: 'ConvTranspose2dStamp',
 *   value: number,
 *   outputChannels: number[],
 *   rows: Source[],
 *   columns: Source[],
 *   weight: Float64Array,
 *   products: Float64Array,
 * }} Stamp
 */

/**
 * What one output value gathers: which inputs, with which weight.
 * @param {Values} input  (C_in, H, W)
 * @param {Values} weight  (C_in, C_out / groups, K_h, K_w)
 * @param {Values | null} bias  (C_out)
 * @param {WindowSettings} settings
 * @param {Position} position  in the output
 * @returns {ConvTranspose2dTrace}
 */
export function traceConvTranspose2d(input, weight, bias, settings, { channel, row, column }) {
  const axes = transposedAxes(settings, input.shape[1], input.shape[2]);
  const [down, across] = [writers(axes.height, row), writers(axes.width, column)];
  const [rows, columns] = [down, across].map((list) => list.map(({ source }) => source));
  const [kernelRows, kernelColumns] = [down, across].map((list) => list.map((one) => one.kernel));
  const [inChannels, perGroup] = weight.shape;
  const group = Math.floor(channel / perGroup);
  const size = inChannels / settings.groups;
  const inputChannels = Array.from({ length: size }, (_, index) => group * size + index);
  const window = gather(input, inputChannels, rows, columns, 0);
  const kernels = oriented(weight, settings.flipKernel);
  const [, , kernelHeight, kernelWidth] = weight.shape;
  const planes = {
    shape: [inChannels * perGroup, kernelHeight, kernelWidth],
    data: kernels.data,
  };
  const filters = inputChannels.map((source) => source * perGroup + (channel % perGroup));
  const met = gather(planes, filters, kernelRows, kernelColumns, 0);
  const products = window.map((value, index) => value * met[index]);
  const offset = bias ? bias.data[channel] : 0;
  return {
    kind: 'ConvTranspose2d',
    value: sum(products) + offset,
    inputChannels,
    rows,
    columns,
    kernelRows,
    kernelColumns,
    window,
    weight: met,
    products,
    bias: offset,
  };
}

/**
 * What one input value adds to the output, and where. Its own value is `value`.
 * @param {Values} input  (C_in, H, W)
 * @param {Values} weight  (C_in, C_out / groups, K_h, K_w)
 * @param {WindowSettings} settings
 * @param {Position} position  in the input
 * @returns {Stamp}
 */
export function traceStamp(input, weight, settings, { channel, row, column }) {
  const [, height, width] = input.shape;
  const axes = transposedAxes(settings, height, width);
  const value = input.data[(channel * height + row) * width + column];
  const [inChannels, perGroup, kernelHeight, kernelWidth] = weight.shape;
  const size = perGroup * kernelHeight * kernelWidth;
  const kernels = oriented(weight, settings.flipKernel).data;
  const met = Float64Array.from(kernels.subarray(channel * size, (channel + 1) * size));
  return {
    kind: 'ConvTranspose2dStamp',
    value,
    outputChannels: channelsOf([inChannels, perGroup], settings.groups, channel),
    rows: targets(axes.height, row),
    columns: targets(axes.width, column),
    weight: met,
    products: met.map((factor) => value * factor),
  };
}
