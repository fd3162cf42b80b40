// Every number of the output-size formula, as the API's `step` has them.

import { effectiveKernelSize, outputSize, paddedSize } from './axis.js';
import { unreadLines } from './window.js';

/** @import {Axis} from './axis.js' */

/**
 * How the size of one axis comes about, under the names of the API. `remainder` is what the division
 * leaves; `overhang` how far ceil_mode's last window reaches beyond the padded input; `unread` the
 * lines that no window reads. `output` is 0 where nothing fits.
 * @typedef {ReturnType<typeof sizeStep>} SizeStep
 */

/** Where one window lies, counted from the input's first line. @param {SizeStep} step @param {number} output */
export function spanOf({ stride, padding_before: before, effective_kernel_size: size }, output) {
  const start = output * stride - before;
  return { start, end: start + size };
}

/** The output size along one axis, with every number that leads to it. @param {Axis} axis */
export function sizeStep(axis) {
  const numerator = paddedSize(axis) - effectiveKernelSize(axis);
  const { stride } = axis;
  const output = outputSize(axis);
  return {
    input: axis.inputSize,
    padding_before: axis.paddingBefore,
    padding_after: axis.paddingAfter,
    kernel_size: axis.kernelSize,
    dilation: axis.dilation,
    effective_kernel_size: effectiveKernelSize(axis),
    stride,
    ceil_mode: axis.ceilMode,
    numerator,
    quotient: numerator / stride,
    output,
    remainder: ((numerator % stride) + stride) % stride,
    overhang: Math.max(0, (output - 1) * stride - numerator),
    unread: unreadLines(axis),
  };
}
