// Convolution.

import { channelsOf, gather, sum } from '../operands.js';
import { readSettings } from '../settings.js';
import { windowAxes } from './axis.js';
import { axisRefusal, channelRefusal, geometryRefusal, refuse } from './checks.js';
import { correlate, products, stamp } from './correlate.js';
import { linesUnder, oriented } from './frames.js';
import { movingAxes } from './moving_axis.js';

/**
 * @import {Position} from '../operands.js'
 * @import {Sums, Values} from './frames.js'
 * @import {Operands, Operation} from './registry.js'
 *
 * Window, weight and products are row-major of the given shape [channels, K_h, K_w].
 * @typedef {ReturnType<typeof trace>} Conv2dTrace
 */

const MODES = ['zeros', 'reflect', 'replicate', 'circular'];

/** @type {Operation} */
export const conv2d = {
  name: 'conv2d',
  title: 'convolution',
  group: { name: 'conv2d', text: 'Convolution', title: 'Convolution' },
  family: 'conv2d',
  fields: ['kernel_size', 'stride', 'padding', 'padding_mode', 'dilation', 'groups', 'flip_kernel'],
  defaults: { groups: 1, padding_mode: 'zeros', flip_kernel: false },
  note: 'Each slider ends where no output would be left. Point at one to see why.',
  views: ['forward', 'backward', 'compare', 'image'],
  path: '/conv2d',
  hasWeight: true,
  isTransposed: false,
  isMaximum: false,
  hasWindow: false,
  kept: 'sum',
  pooled: null,
  read: readSettings,
  axes: movingAxes,
  refusal,
  compute,
  gradients,
  trace,
  sign: ({ flipKernel }) => (flipKernel ? '*' : '\\star'),
};

/** @type {Operation['refusal']} */
function refusal(settings, shape, outChannels) {
  const mode = settings.padding_mode ?? 'zeros';
  return (
    geometryRefusal(settings) ??
    channelRefusal(shape[0], outChannels, settings.groups ?? 1) ??
    (MODES.includes(mode)
      ? null
      : refuse('padding_mode', `padding_mode is one of ${MODES.join(', ')}.`)) ??
    axisRefusal(windowAxes(readSettings(settings), shape[1], shape[2]))
  );
}

/**
 * Every output value: window times kernel, summed over the channels of its group, plus bias.
 * @param {Operands} operands
 */
function compute(operands) {
  const { input, weight, bias, settings } = operands;
  const kernels = oriented(weight, settings.flipKernel);
  const output = correlate(input, kernels, settings.groups, linesOf(operands));
  return { output: withBias(output, bias), indices: null };
}

/**
 * The gradients of the sum of output times outputGradient: a weight's is the sum of what it met at
 * every position, an input's the flipped kernel sliding over the output gradient, a bias's the sum
 * of its channel. The bias's is there whether the layer has one or not.
 * @param {Operands} operands
 * @param {Values} outputGradient  (C_out, H_out, W_out)
 */
function gradients(operands, outputGradient) {
  const { input, weight, settings } = operands;
  const { groups, flipKernel } = settings;
  const [, height, width] = input.shape;
  const lines = linesOf(operands);
  const used = products(outputGradient, input, groups, lines);
  return {
    input: stamp(outputGradient, oriented(weight, flipKernel), groups, [height, width], lines),
    weight: /** @type {Sums} */ (oriented(used, flipKernel)),
    bias: channelTotals(outputGradient),
  };
}

/**
 * What one value is made of: window times weight over every channel, plus bias.
 * @param {Operands} operands
 * @param {Position} position
 */
function trace({ input, weight, bias, settings, axes }, { channel, row, column }) {
  const [rows, columns] = [axes.height.sources(row), axes.width.sources(column)].map((lines) =>
    lines.map(({ source }) => source),
  );
  const inputChannels = channelsOf(weight.shape, settings.groups, channel);
  const area = rows.length * columns.length;
  const size = inputChannels.length * area;
  const window = gather(input, inputChannels, rows, columns, 0);
  const kernels = oriented(weight, settings.flipKernel).data;
  const filter = Float64Array.from(kernels.subarray(channel * size, (channel + 1) * size));
  const factors = window.map((value, index) => value * filter[index]);
  const channelSums = Float64Array.from(inputChannels, (_, index) =>
    sum(factors.subarray(index * area, (index + 1) * area)),
  );
  const offset = bias ? bias[channel] : 0;
  return {
    kind: 'Conv2d',
    value: sum(channelSums) + offset,
    inputChannels,
    shape: [inputChannels.length, rows.length, columns.length],
    rows,
    columns,
    window,
    weight: filter,
    products: factors,
    channelSums,
    bias: offset,
  };
}

/**
 * An output with each channel's bias added to its map.
 * @param {Sums} output  (C, H, W), changed
 * @param {ArrayLike<number> | null} bias  (C)
 */
export function withBias(output, bias) {
  const { shape, data } = output;
  const area = shape[1] * shape[2];
  if (bias)
    for (let cell = 0; cell < data.length; cell++) data[cell] += bias[Math.floor(cell / area)];
  return output;
}

/** The sum of each channel. @param {Values} values  (C, H, W) @returns {Sums} (C) */
export function channelTotals({ shape, data }) {
  const [channels, height, width] = shape;
  const totals = new Float64Array(channels);
  data.forEach((value, cell) => {
    totals[Math.floor(cell / (height * width))] += value;
  });
  return { shape: [channels], data: totals };
}

/** The input line under each kernel line for each output line. @param {Operands} operands */
function linesOf({ input: { shape }, settings }) {
  const { height, width } = windowAxes(settings, shape[1], shape[2]);
  return { rows: linesUnder(height), columns: linesUnder(width) };
}
