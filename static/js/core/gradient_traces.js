// What one gradient of a convolution is made of, in float64.
//
// traceWeightGradient(input, weight, settings, outputGradient, index)    the sum over every position
// traceInputGradient(input, weight, settings, outputGradient, position)  the flipped kernel's sum

import { channelsOf, gather, sum } from './operands.js';
import { oriented } from './planes.js';
import { axesOf } from './settings.js';
import { readers, sourceTable } from './window.js';

/**
 * @typedef {import('./planes.js').Values} Values
 * @typedef {import('./settings.js').WindowSettings} WindowSettings
 * @typedef {import('./window.js').Source} Source
 * @typedef {import('./operands.js').Position} Position
 *
 * At output position (i, j) the weight met the input at rows[i], columns[j] of one channel. Input,
 * output gradient and products are row-major of [H_out, W_out].
 * @typedef {{
 *   kind: 'Conv2dWeightGradient',
 *   value: number,
 *   inputChannel: number,
 *   rows: Source[],
 *   columns: Source[],
 *   input: Float64Array,
 *   outputGradient: Float64Array,
 *   products: Float64Array,
 * }} WeightGradientTrace
 *
 * Output row rows[i] read the value with kernel row kernelRows[i], the columns likewise. The output
 * gradient, weight and products are row-major of [channels, rows, columns].
 * @typedef {{
 *   kind: 'Conv2dInputGradient',
 *   value: number,
 *   outputChannels: number[],
 *   rows: number[],
 *   columns: number[],
 *   kernelRows: number[],
 *   kernelColumns: number[],
 *   outputGradient: Float64Array,
 *   weight: Float64Array,
 *   products: Float64Array,
 * }} InputGradientTrace
 */

/**
 * What the gradient of one weight is made of: the sum, over every position, of what it met there
 * times the output gradient.
 * @param {Values} input  (C_in, H, W)
 * @param {Values} weight  (C_out, C_in / groups, K_h, K_w)
 * @param {WindowSettings} settings
 * @param {Values} outputGradient  (C_out, H_out, W_out)
 * @param {readonly [number, number, number, number]} index  filter, channel in its group, row, column
 * @returns {WeightGradientTrace}
 */
export function traceWeightGradient(input, weight, settings, outputGradient, index) {
  const [filter, channel, row, column] = index;
  const { height, width } = axesOf(settings, input.shape[1], input.shape[2]);
  const inputChannel = channelsOf(weight.shape, settings.groups, filter)[channel];
  const rows = sourcesUnder(height, settings.flipKernel ? height.kernelSize - 1 - row : row);
  const columns = sourcesUnder(width, settings.flipKernel ? width.kernelSize - 1 - column : column);
  const met = gather(input, [inputChannel], rows, columns, 0);
  const area = met.length;
  const given = Float64Array.from(outputGradient.data.subarray(filter * area, (filter + 1) * area));
  const products = met.map((value, place) => value * given[place]);
  return {
    kind: 'Conv2dWeightGradient',
    value: sum(products),
    inputChannel,
    rows,
    columns,
    input: met,
    outputGradient: given,
    products,
  };
}

/**
 * What the gradient of one input value is made of: every output that read it, by the weight it was
 * read with. Going through the outputs forwards, the kernel is gone through backwards.
 * @param {Values} input  (C_in, H, W)
 * @param {Values} weight  (C_out, C_in / groups, K_h, K_w)
 * @param {WindowSettings} settings
 * @param {Values} outputGradient  (C_out, H_out, W_out)
 * @param {Position} position  in the input
 * @returns {InputGradientTrace}
 */
export function traceInputGradient(input, weight, settings, outputGradient, position) {
  const { channel, row, column } = position;
  const axes = axesOf(settings, input.shape[1], input.shape[2]);
  const [down, across] = [readers(axes.height, row), readers(axes.width, column)];
  const [rows, columns] = [down, across].map((list) => list.map(({ output }) => output));
  const [kernelRows, kernelColumns] = [down, across].map((list) => list.map((one) => one.kernel));
  const [outChannels, perGroup, kernelHeight, kernelWidth] = weight.shape;
  const size = outChannels / settings.groups;
  const first = Math.floor(channel / perGroup) * size;
  const outputChannels = Array.from({ length: size }, (_, other) => first + other);
  const given = gather(outputGradient, outputChannels, rows, columns, 0);
  const kernels = oriented(weight, settings.flipKernel).data;
  const planes = { shape: [outChannels * perGroup, kernelHeight, kernelWidth], data: kernels };
  const filters = outputChannels.map((other) => other * perGroup + (channel % perGroup));
  const met = gather(planes, filters, kernelRows, kernelColumns, 0);
  const products = given.map((value, place) => value * met[place]);
  return {
    kind: 'Conv2dInputGradient',
    value: sum(products),
    outputChannels,
    rows,
    columns,
    kernelRows,
    kernelColumns,
    outputGradient: given,
    weight: met,
    products,
  };
}

/**
 * The input line under one kernel line for each output line.
 * @param {import('./axis.js').Axis} axis
 * @param {number} kernel
 * @returns {Source[]}
 */
function sourcesUnder(axis, kernel) {
  const table = sourceTable(axis);
  return Array.from({ length: table.length / axis.kernelSize }, (_, output) => {
    const line = table[output * axis.kernelSize + kernel];
    return line < 0 ? null : line;
  });
}
