// Why settings are impossible, in the very words of app/mechanics, and before anything is computed.
//
// refusalOf(operation, settings, shape, outChannels)    {field, sentence}, or null where all is well

import { poolRefusal } from './refusals_pooling.js';
import {
  axisRefusal,
  channelRefusal,
  geometryRefusal,
  isPooling,
  refuse,
  wholeRefusal,
} from './checks.js';
import { axesOf, readSettings } from '../settings.js';
import { transposedAxes, transposedSize } from './transposed_axis.js';

/**
 * @typedef {import('../settings.js').LayerSettings} LayerSettings
 * @typedef {import('./checks.js').Refusal} Refusal
 * @typedef {import('./checks.js').Operation} Operation
 */

const MODES = ['zeros', 'reflect', 'replicate', 'circular'];

/**
 * Why an operation cannot be done with these settings; null where it can.
 * @param {Operation} operation
 * @param {LayerSettings} settings  in PyTorch's words, as they would be sent
 * @param {readonly number[]} shape  of the input, (C, H, W)
 * @param {number} outChannels  read by the convolutions alone
 * @returns {Refusal | null}
 */
export function refusalOf(operation, settings, shape, outChannels) {
  if (isPooling(operation)) return poolRefusal(operation, settings, shape);
  return operation === 'conv2d'
    ? convolutionRefusal(settings, shape, outChannels)
    : transposedRefusal(settings, shape, outChannels);
}

/**
 * @param {LayerSettings} settings
 * @param {readonly number[]} shape
 * @param {number} outChannels
 */
function convolutionRefusal(settings, shape, outChannels) {
  const mode = settings.padding_mode ?? 'zeros';
  return (
    geometryRefusal(settings) ??
    channelRefusal(shape[0], outChannels, settings.groups ?? 1) ??
    (MODES.includes(mode)
      ? null
      : refuse('padding_mode', `padding_mode is one of ${MODES.join(', ')}.`)) ??
    axisRefusal(axesOf(readSettings(settings), shape[1], shape[2]))
  );
}

/**
 * @param {LayerSettings} settings
 * @param {readonly number[]} shape
 * @param {number} outChannels
 */
function transposedRefusal(settings, shape, outChannels) {
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
function spreadRefusal(settings, [, height, width]) {
  const axes = transposedAxes(readSettings(settings), height, width);
  for (const [axis, lines] of /** @type {const} */ ([
    [axes.height, 'rows'],
    [axes.width, 'columns'],
  ])) {
    const { inputSize, fullOutput, forward } = axis;
    if (inputSize < 1) {
      return refuse('input', `The input has ${inputSize} ${lines}: it needs at least 1.`);
    }
    const output = transposedSize(axis);
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
