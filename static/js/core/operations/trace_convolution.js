// What one value of a convolution is made of, in float64.
//
// traceConv2d(input, weight, bias, settings, position)    products and their sums by channel

import { channelsOf, gather, sum } from '../operands.js';
import { oriented } from './frames.js';
import { axesOf } from '../settings.js';
import { windowAt } from './window.js';

/**
 * @typedef {import('./frames.js').Values} Tensor
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 * @typedef {import('./window.js').Source} Source
 * @typedef {import('../operands.js').Position} Position
 *
 * Window, weight and products are row-major of the given shape [channels, K_h, K_w].
 * @typedef {{
 *   kind: 'Conv2d',
 *   value: number,
 *   inputChannels: number[],
 *   shape: [number, number, number],
 *   rows: Source[],
 *   columns: Source[],
 *   window: Float64Array,
 *   weight: Float64Array,
 *   products: Float64Array,
 *   channelSums: Float64Array,
 *   bias: number,
 * }} Conv2dTrace
 */

/**
 * What one value of a convolution is made of: window times weight over every channel, plus bias.
 * @param {Tensor} input  (C_in, H, W)
 * @param {Tensor} weight  (C_out, C_in / groups, K_h, K_w)
 * @param {Tensor | null} bias  (C_out)
 * @param {WindowSettings} settings
 * @param {Position} position
 * @returns {Conv2dTrace}
 */
export function traceConv2d(input, weight, bias, settings, { channel, row, column }) {
  const axes = axesOf(settings, input.shape[1], input.shape[2]);
  const { rows, columns } = windowAt(axes, row, column);
  const inputChannels = channelsOf(weight.shape, settings.groups, channel);
  const area = rows.length * columns.length;
  const size = inputChannels.length * area;
  const window = gather(input, inputChannels, rows, columns, 0);
  const kernels = oriented(weight, settings.flipKernel).data;
  const filter = Float64Array.from(kernels.subarray(channel * size, (channel + 1) * size));
  const products = window.map((value, index) => value * filter[index]);
  const channelSums = Float64Array.from(inputChannels, (_, index) =>
    sum(products.subarray(index * area, (index + 1) * area)),
  );
  const offset = bias === null ? 0 : bias.data[channel];
  return {
    kind: 'Conv2d',
    value: sum(channelSums) + offset,
    inputChannels,
    shape: [inputChannels.length, rows.length, columns.length],
    rows,
    columns,
    window,
    weight: filter,
    products,
    channelSums,
    bias: offset,
  };
}
