// What the refusals of all operations share: numbers that have to be whole, channels, axes.

import { effectiveKernelSize, outputSize, paddedSize } from './axis.js';

/**
 * @import {LayerSettings} from '../settings.js'
 * @import {Axes, Axis} from './axis.js'
 *
 * Which setting to change, in PyTorch's word, and the sentence.
 * @typedef {{field: string, sentence: string}} Refusal
 */

/** @param {string} field @param {string} sentence @returns {Refusal} */
export function refuse(field, sentence) {
  return { field, sentence };
}

/**
 * A number, or a (height, width) pair of them, that has to be whole and not below a minimum.
 * @param {number | readonly (number | null)[]} value
 * @param {string} field
 * @param {number} minimum
 * @returns {Refusal | null}
 */
export function wholeRefusal(value, field, minimum) {
  if (typeof value === 'number') return partRefusal(value, field, minimum, '');
  const [height, width] = value;
  return (
    partRefusal(height, field, minimum, ' height') ?? partRefusal(width, field, minimum, ' width')
  );
}

/**
 * @param {number | null} value  null is left to its default
 * @param {string} field
 * @param {number} minimum
 * @param {string} part  of the field, with a space before it
 */
function partRefusal(value, field, minimum, part) {
  if (value === null || (Number.isInteger(value) && value >= minimum)) return null;
  return refuse(
    field,
    `${field}${part} has to be a whole number, ${minimum} or more; got ${value}.`,
  );
}

/**
 * Kernel, stride, dilation and padding, as far as they can be judged without an input.
 * @param {LayerSettings} settings
 * @returns {Refusal | null}
 */
export function geometryRefusal(settings) {
  const kernelSize = settings.kernel_size ?? 1;
  const stride = settings.stride ?? 1;
  return (
    wholeRefusal(kernelSize, 'kernel_size', 1) ??
    wholeRefusal(stride, 'stride', 1) ??
    wholeRefusal(settings.dilation ?? 1, 'dilation', 1) ??
    paddingRefusal(settings.padding ?? 0, settings.stride === null ? kernelSize : stride)
  );
}

/** @param {NonNullable<LayerSettings['padding']>} padding @param {number | readonly number[]} stride */
function paddingRefusal(padding, stride) {
  if (padding === 'same') {
    const [height, width] = typeof stride === 'number' ? [stride, stride] : stride;
    if (height === 1 && width === 1) return null;
    return refuse(
      'padding',
      `padding 'same' keeps the size, which a stride of ${height}×${width} does not. ` +
        'Use stride 1, or give the padding as numbers.',
    );
  }
  if (typeof padding === 'string') return null;
  if (typeof padding === 'number' || 'length' in padding) {
    return wholeRefusal(padding, 'padding', 0);
  }
  for (const side of /** @type {const} */ (['top', 'bottom', 'left', 'right'])) {
    const found = partRefusal(padding[side] ?? 0, 'padding', 0, ` ${side}`);
    if (found) return found;
  }
  return null;
}

/**
 * Channels that do not divide into the groups.
 * @param {number} inChannels
 * @param {number} outChannels
 * @param {number} groups
 * @returns {Refusal | null}
 */
export function channelRefusal(inChannels, outChannels, groups) {
  const wrong = wholeRefusal(groups, 'groups', 1);
  if (wrong) return wrong;
  for (const [field, channels] of /** @type {const} */ ([
    ['in_channels', inChannels],
    ['out_channels', outChannels],
  ])) {
    if (channels % groups === 0) continue;
    return refuse(
      'groups',
      `${field} ${channels} does not divide into ${groups} groups: ` +
        `${channels} / ${groups} leaves ${channels % groups}.`,
    );
  }
  return null;
}

/**
 * An input without lines, padding that a mode cannot fill, a kernel that does not fit.
 * @param {Axes} axes
 * @returns {Refusal | null}
 */
export function axisRefusal({ height, width }) {
  return (
    fillRefusal(height, 'rows') ??
    fillRefusal(width, 'columns') ??
    fitRefusal(height, 'height', 'rows') ??
    fitRefusal(width, 'width', 'columns')
  );
}

/** An input without rows or columns. @param {number} size @param {string} lines  what they are called */
export function emptyRefusal(size, lines) {
  return size >= 1 ? null : refuse('input', `The input has ${size} ${lines}: it needs at least 1.`);
}

/** @param {Axis} axis @param {string} lines */
function fillRefusal({ inputSize, paddingBefore, paddingAfter, paddingMode }, lines) {
  const empty = emptyRefusal(inputSize, lines);
  if (empty) return empty;
  const largest = Math.max(paddingBefore, paddingAfter);
  if (paddingMode === 'reflect' && largest >= inputSize) {
    return refuse(
      'padding',
      `Reflect padding of ${largest} does not fit an input of ${inputSize} ${lines}: a mirror ` +
        `without its edge has only ${inputSize - 1} to give. Use a padding of at most ` +
        `${inputSize - 1}, or another padding_mode.`,
    );
  }
  if (paddingMode === 'circular' && largest > inputSize) {
    return refuse(
      'padding',
      `Circular padding of ${largest} does not fit an input of ${inputSize} ${lines}: it would ` +
        `wrap around more than once. Use a padding of at most ${inputSize}, or another ` +
        'padding_mode.',
    );
  }
  return null;
}

/** @param {Axis} axis @param {string} name @param {string} lines */
function fitRefusal(axis, name, lines) {
  if (outputSize(axis) >= 1) return null;
  const { inputSize, kernelSize, dilation, paddingBefore, paddingAfter } = axis;
  const [spanned, padded] = [effectiveKernelSize(axis), paddedSize(axis)];
  const dilated = dilation > 1 ? ` with dilation ${dilation}` : '';
  return refuse(
    'kernel_size',
    `The kernel does not fit: kernel ${name} ${kernelSize}${dilated} spans ${spanned} ${lines}, ` +
      `but the input has ${padded} (${inputSize} and padding ${paddingBefore} + ` +
      `${paddingAfter}). Use a smaller kernel or dilation, or ${spanned - padded} more of padding ` +
      'in all.',
  );
}
