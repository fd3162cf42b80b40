// Transposed convolution.

import { gather, sum } from '../operands.js';
import { readSettings } from '../settings.js';
import { channelRefusal, emptyRefusal, geometryRefusal, refuse, wholeRefusal } from './checks.js';
import { channelTotals, withBias } from './conv2d.js';
import { correlate, products, stamp } from './correlate.js';
import { oriented } from './frames.js';
import { spreadOf, targetLines, transposedAxes } from './transposed_axis.js';

/**
 * @import {LayerSettings} from '../settings.js'
 * @import {Sums, Values} from './frames.js'
 * @import {Operands, Operation} from './registry.js'
 *
 * Input row rows[i] reaches the value with kernel row kernelRows[i], the columns likewise; window,
 * weight and products are row-major of [channels, rows, columns].
 * @typedef {ReturnType<typeof trace>} ConvTranspose2dTrace
 */

/** @type {Operation} */
export const convTranspose2d = {
  name: 'conv_transpose2d',
  title: 'transposed convolution',
  group: { name: 'conv_transpose2d', text: 'Transposed', title: 'Transposed convolution' },
  family: 'conv_transpose2d',
  fields: [
    'kernel_size',
    'stride',
    'padding',
    'dilation',
    'output_padding',
    'groups',
    'flip_kernel',
  ],
  defaults: { groups: 1, output_padding: 0, flip_kernel: false },
  note: 'Each slider ends where no output would be left. Point at one to see why.',
  views: ['stamp', 'gather', 'backward', 'compare'],
  path: '/conv_transpose2d',
  hasWeight: true,
  isTransposed: true,
  isMaximum: false,
  hasWindow: false,
  kept: 'sum',
  pooled: null,
  read: readSettings,
  axes: transposedAxes,
  refusal,
  compute,
  gradients,
  trace,
  sign: () => '\\star^{\\top}',
};

/** @type {Operation['refusal']} */
function refusal(settings, shape, outChannels) {
  if ((settings.padding_mode ?? 'zeros') !== 'zeros') {
    return refuse(
      'padding_mode',
      'A transposed convolution knows no padding_mode but zeros: its padding takes rows and columns ' +
        'away from the output and adds none.',
    );
  }
  return (
    geometryRefusal(settings) ??
    wholeRefusal(settings.output_padding ?? 0, 'output_padding', 0) ??
    channelRefusal(shape[0], outChannels, settings.groups ?? 1) ??
    outputPaddingRefusal(settings) ??
    spreadRefusal(settings, shape)
  );
}

/** An output_padding that is below neither stride nor dilation. @param {LayerSettings} settings */
function outputPaddingRefusal(settings) {
  const { outputPadding, stride, dilation } = readSettings(settings);
  for (const [side, name] of ['height', 'width'].entries()) {
    const most = Math.max(stride[side], dilation[side]) - 1;
    if (outputPadding[side] <= most) continue;
    return refuse(
      'output_padding',
      `output_padding ${name} ${outputPadding[side]} is below neither the stride ${stride[side]} ` +
        `nor the dilation ${dilation[side]}. Use an output_padding of at most ${most}.`,
    );
  }
  return null;
}

/**
 * An input without lines, or padding that leaves nothing of the output.
 * @param {LayerSettings} settings
 * @param {readonly number[]} shape
 */
function spreadRefusal(settings, shape) {
  const { height, width } = spreadOf(readSettings(settings), shape);
  for (const [axis, lines] of /** @type {const} */ ([
    [height, 'rows'],
    [width, 'columns'],
  ])) {
    const { inputSize, fullOutput, forward } = axis;
    const empty = emptyRefusal(inputSize, lines);
    if (empty) return empty;
    const output = forward.inputSize;
    if (output >= 1) continue;
    return refuse(
      'padding',
      `Nothing is left of the output: ${inputSize} ${lines} spread over ${fullOutput}, and a ` +
        `padding of ${forward.paddingBefore} + ${forward.paddingAfter} takes ` +
        `${fullOutput - output} away. Use ${1 - output} less of padding in all.`,
    );
  }
  return null;
}

/**
 * Every output value: each input value stamps its kernel, times itself; what overlaps adds up.
 * @param {Operands} operands
 */
function compute(operands) {
  const { input, weight, bias, settings, axes } = operands;
  const { groups, flipKernel } = settings;
  /** @type {[number, number]} */
  const size = [axes.height.output.size, axes.width.output.size];
  const output = stamp(input, oriented(weight, flipKernel), groups, size, linesOf(operands));
  return { output: withBias(output, bias), indices: null };
}

/**
 * The gradients of the sum of output times outputGradient: an input's is a plain convolution of the
 * output gradient, a weight's the sum of what it met at every position.
 * @param {Operands} operands
 * @param {Values} outputGradient  (C_out, H_out, W_out)
 */
function gradients(operands, outputGradient) {
  const { input, weight, settings } = operands;
  const { groups, flipKernel } = settings;
  const lines = linesOf(operands);
  const used = products(input, outputGradient, groups, lines);
  return {
    input: correlate(outputGradient, oriented(weight, flipKernel), groups, lines),
    weight: /** @type {Sums} */ (oriented(used, flipKernel)),
    bias: channelTotals(outputGradient),
  };
}

/**
 * What one output value gathers: which inputs, with which weight.
 * @param {Operands} operands
 * @param {import('../operands.js').Position} position  in the output
 */
function trace({ input, weight, bias, settings, axes }, { channel, row, column }) {
  const [down, across] = [axes.height.sources(row), axes.width.sources(column)];
  const [rows, columns] = [down, across].map((list) => list.map(({ input: line }) => line));
  const [kernelRows, kernelColumns] = [down, across].map((list) => list.map((one) => one.kernel));
  const [inChannels, perGroup, kernelHeight, kernelWidth] = weight.shape;
  const group = Math.floor(channel / perGroup);
  const size = inChannels / settings.groups;
  const inputChannels = Array.from({ length: size }, (_, index) => group * size + index);
  const window = gather(input, inputChannels, rows, columns, 0);
  const planes = { shape: [inChannels * perGroup, kernelHeight, kernelWidth], data: weight.data };
  const filters = inputChannels.map((source) => source * perGroup + (channel % perGroup));
  const met = gather(planes, filters, kernelRows, kernelColumns, 0);
  const factors = window.map((value, index) => value * met[index]);
  const offset = bias ? bias[channel] : 0;
  return {
    kind: 'ConvTranspose2d',
    value: sum(factors) + offset,
    inputChannels,
    rows,
    columns,
    kernelRows,
    kernelColumns,
    window,
    weight: met,
    products: factors,
    bias: offset,
  };
}

/** The output line under each kernel line for each input line. @param {Operands} operands */
function linesOf({ input: { shape }, settings }) {
  const { height, width } = spreadOf(settings, shape);
  return { rows: targetLines(height), columns: targetLines(width) };
}
