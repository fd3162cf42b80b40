// The index map of a transposed convolution: a convolution's, read from its other end. Kernels are
// stamped on an output, of which padding then takes lines away.
// The same map as app/mechanics/transposed_axis.py.

import { effectiveKernelSize, range } from './axis.js';
import { AxisMap } from './axis_map.js';
import { linesUnder } from './frames.js';
import { sourceAt } from './window.js';

/** @import {WindowSettings} from '../settings.js' */

/**
 * How the lines of a map are spread over a larger one. `forward` is the axis of the convolution that
 * goes the other way: its input is the output here.
 * @typedef {ReturnType<typeof spread>} Spread
 * @typedef {ReturnType<typeof transposedStep>} TransposedStep
 */

/**
 * How the rows and the columns of an input are spread; below 1 output line padding takes all.
 * @param {WindowSettings} settings
 * @param {readonly number[]} shape  of the input, (C, H, W)
 * @returns {{height: Spread, width: Spread}}
 */
export function spreadOf(settings, [, height, width]) {
  const { top, bottom, left, right } = settings.padding;
  return {
    height: spread(settings, 0, height, top, bottom),
    width: spread(settings, 1, width, left, right),
  };
}

/**
 * @param {WindowSettings} settings
 * @param {0 | 1} side  height or width
 * @param {number} inputSize
 * @param {number} paddingBefore
 * @param {number} paddingAfter
 */
function spread(settings, side, inputSize, paddingBefore, paddingAfter) {
  const { kernelSize, stride, dilation, outputPadding } = settings;
  const window = { kernelSize: kernelSize[side], stride: stride[side], dilation: dilation[side] };
  const padding = { paddingBefore, paddingAfter };
  const modes = /** @type {const} */ ({ paddingMode: 'zeros', ceilMode: false });
  const shape = { inputSize: 0, ...window, ...padding, ...modes };
  const fullOutput =
    (inputSize - 1) * shape.stride + effectiveKernelSize(shape) + outputPadding[side];
  const forward = { ...shape, inputSize: fullOutput - paddingBefore - paddingAfter };
  return { inputSize, outputPadding: outputPadding[side], fullOutput, forward };
}

/**
 * How the stamps lie along the height and the width of an output.
 * @param {WindowSettings} settings
 * @param {readonly number[]} shape  of the input, (C, H, W)
 */
export function transposedAxes(settings, shape) {
  const { height, width } = spreadOf(settings, shape);
  const { flipKernel } = settings;
  return { height: transposedAxis(height, flipKernel), width: transposedAxis(width, flipKernel) };
}

/** @param {Spread} spread @param {boolean} isFlipped  whether the kernel counts from its other end */
function transposedAxis(spread, isFlipped) {
  const { inputSize, fullOutput, forward } = spread;
  const { inputSize: size, kernelSize, stride, dilation, paddingBefore } = forward;
  const first = 0 - paddingBefore;
  return new AxisMap({
    kernel: kernelSize,
    scale: stride,
    input: { first: 0, count: inputSize, size: inputSize },
    output: { first, count: fullOutput, size },
    padding: { before: 0, after: 0 },
    sourceAt: (position) => (position >= 0 && position < inputSize ? position : null),
    step: () => transposedStep(spread),
    meet: () =>
      range(inputSize).flatMap((source) =>
        range(kernelSize).map((line) => {
          const output = first + source * stride + line * dilation;
          const kernel = isFlipped ? kernelSize - 1 - line : line;
          return { input: source, source, kernel, output, target: sourceAt(forward, output) };
        }),
      ),
  });
}

/**
 * The output line under each kernel line for each input line, by kernel line; -1 where it is gone.
 * @param {Spread} spread
 */
export function targetLines({ inputSize, forward }) {
  // An output_padding of a whole stride leaves room for a position that no input has.
  return linesUnder(forward).map((lines) => lines.subarray(0, inputSize));
}

/**
 * The output size with every number that leads to it. `unread` are the input lines of which nothing
 * remains, `unwritten` the output lines that hold the bias alone.
 * @param {Spread} spread
 */
function transposedStep(spread) {
  const { inputSize, outputPadding, fullOutput, forward } = spread;
  const { inputSize: output, kernelSize, dilation, stride, paddingBefore, paddingAfter } = forward;
  const written = targetLines(spread);
  const reached = new Set(written.flatMap((lines) => Array.from(lines)));
  return {
    input: inputSize,
    padding_before: paddingBefore,
    padding_after: paddingAfter,
    kernel_size: kernelSize,
    dilation,
    effective_kernel_size: effectiveKernelSize(forward),
    stride,
    output_padding: outputPadding,
    full_output: fullOutput,
    output,
    unread: range(inputSize).filter((line) => written.every((lines) => lines[line] < 0)),
    unwritten: range(output).filter((line) => !reached.has(line)),
  };
}
