// The output-size formula with every number in it, as the API's `step` has it.

import { effectiveKernelSize, fullOutputSize, outputSize, paddedSize } from './axis.js';
import { unreadLines } from './window.js';

/** @import {Axis} from './axis.js' */

/**
 * How the size of one axis comes about, under the names of the API. `remainder` is what the division
 * leaves; `overhang` how far ceil_mode's last window reaches beyond the padded input; `unread` the
 * lines that no window reads. `output` is 0 where nothing fits.
 * @typedef {ReturnType<typeof sizeStep>} SizeStep
 */

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
    latex: latex(axis, numerator),
  };
}

/** The formula with its numbers, and the steps to the result. @param {Axis} axis @param {number} numerator */
function latex(axis, numerator) {
  const side = axis.ceilMode ? 'ceil' : 'floor';
  const quotient = exact(numerator, axis.stride);
  const rounded = numerator % axis.stride === 0 ? quotient : `\\l${side} ${quotient} \\r${side}`;
  const output = outputSize(axis);
  const dropped = output < fullOutputSize(axis) ? ' - 1' : '';
  const padding = paddingLatex(axis.paddingBefore, axis.paddingAfter, ' + ');
  const top = `${axis.inputSize}${padding} - ${kernelLatex(axis.kernelSize, axis.dilation)}`;
  return (
    `\\left\\l${side} \\frac{${top}}{${axis.stride}} \\right\\r${side} + 1${dropped}` +
    ` = ${rounded} + 1${dropped} = ${output}`
  );
}

/**
 * The padding as a summand: twice one number where both sides are equal.
 * @param {number} before
 * @param {number} after
 * @param {string} sign
 */
export function paddingLatex(before, after, sign) {
  if (before !== after) return `${sign}${before}${sign}${after}`;
  return before ? `${sign}2 \\cdot ${before}` : '';
}

/**
 * The effective kernel size, with its dilation where there is one.
 * @param {number} kernelSize
 * @param {number} dilation
 */
export function kernelLatex(kernelSize, dilation) {
  return dilation === 1 ? `${kernelSize}` : `(${dilation} \\cdot (${kernelSize} - 1) + 1)`;
}

/**
 * A quotient that is never rounded: a short decimal where it is exact, else a mixed fraction.
 * @param {number} numerator
 * @param {number} denominator
 */
function exact(numerator, denominator) {
  if ((numerator * 1000) % denominator === 0) return `${numerator / denominator}`;
  const divisor = greatestCommonDivisor(Math.abs(numerator), denominator);
  const [top, bottom] = [Math.abs(numerator) / divisor, denominator / divisor];
  const whole = Math.floor(top / bottom);
  return `${numerator < 0 ? '-' : ''}${whole || ''}\\tfrac{${top % bottom}}{${bottom}}`;
}

/** @param {number} a @param {number} b @returns {number} */
function greatestCommonDivisor(a, b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
