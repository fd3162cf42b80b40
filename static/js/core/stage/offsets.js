// Where a cell of the output and one of the kernel meet the input, in LaTeX: stride · line + dilation ·
// kernel line − padding. A true convolution turns its kernel over: the line counts from the other end.

import { operandsOf, operationOf } from '../operations/registry.js';
import { marked } from './formulas.js';

/** @import {Experiment} from '../experiment/experiment.js' */

/** @typedef {{stride: number, dilation: number, padding: number}} Offset */

/**
 * The numbers by which rows and columns are gone through; null of adaptive and global poolings.
 * @param {Experiment} experiment
 * @returns {[Offset, Offset] | null}
 */
function axisOffsets(experiment) {
  if (!operationOf(experiment).fields.includes('stride')) return null;
  const { stride, dilation, padding } = operandsOf(experiment).settings;
  return [
    { stride: stride[0], dilation: dilation[0], padding: padding.top },
    { stride: stride[1], dilation: dilation[1], padding: padding.left },
  ];
}

/**
 * The input at the place that an output cell and a kernel cell meet.
 * @param {Experiment} experiment
 * @param {readonly (string | number)[]} output  row and column
 * @param {readonly (string | number)[]} kernel  row and column
 * @param {string | number} channel
 */
export function inputAt(experiment, output, kernel, channel) {
  const offsets = axisOffsets(experiment);
  if (!offsets) return `I_{${channel}}(x, y)`;
  const lines = [0, 1].map((axis) => lineTex(offsets[axis], output[axis], kernel[axis]));
  return `I_{${channel}}(${lines.join(',\\, ')})`;
}

/**
 * Where a transposed convolution adds a product.
 * @param {Experiment} experiment
 * @param {readonly (string | number)[]} input  row and column
 * @param {readonly (string | number)[]} kernel  row and column
 */
export function spreadAt(experiment, input, kernel) {
  const offsets = /** @type {Offset[]} */ (axisOffsets(experiment));
  return [0, 1].map((axis) => lineTex(offsets[axis], input[axis], kernel[axis])).join(',\\, ');
}

/**
 * The cell of the stored kernel that meets where a cell would lie, were the kernel not turned over;
 * and the other way round.
 * @param {Experiment} experiment
 * @param {readonly (string | number)[]} kernel  row and column
 */
export function turned(experiment, kernel) {
  const { flipKernel, kernelSize } = operandsOf(experiment).settings;
  if (!flipKernel) return kernel;
  return kernel.map((line, axis) => {
    const last = kernelSize[axis] - 1;
    return typeof line === 'number' ? last - line : `${last} - ${line}`;
  });
}

/**
 * stride · line + dilation · kernel line − padding, without what does nothing.
 * @param {Offset} offset
 * @param {string | number} line
 * @param {string | number} kernel
 */
function lineTex({ stride, dilation, padding }, line, kernel) {
  const times = (
    /** @type {string} */ name,
    /** @type {number} */ factor,
    /** @type {string | number} */ of,
  ) =>
    factor === 1
      ? `${of}`
      : `${marked(name, factor)}${typeof of === 'number' ? ' \\cdot ' : ''}${of}`;
  const cut = padding === 0 ? '' : ` - ${marked('padding', padding)}`;
  return `${times('stride', stride, line)} + ${times('dilation', dilation, kernel)}${cut}`;
}
