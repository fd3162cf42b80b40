// One axis of a transposed convolution: the index map of a convolution, read from its other end.
// The same map as app/mechanics/transposed_axis.py.
//
// transposedAxes(settings, height, width)   both axes for an input of this size
// transposedSize(axis)                      the output size
// targets(axis, source)                     the output line under each kernel line for one input line
// writers(axis, output)                     every (input, kernel) that writes to an output line
// targetLines(axis)                         by kernel line, the output line of each input line
// transposedStep(axis)                      the size with every number in it, as the API's `step`

import { linesUnder } from './frames.js';
import { kernelLatex, paddingLatex } from './size.js';
import { readers, sources } from './window.js';

/**
 * How the lines of a map are spread over a larger one. `forward` is the axis of the convolution that
 * goes the other way: its input is the output here.
 * @typedef {import('./axis.js').Axis} Axis
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 * @typedef {{
 *   readonly inputSize: number,
 *   readonly outputPadding: number,
 *   readonly fullOutput: number,
 *   readonly forward: Axis,
 * }} TransposedAxis
 */

/**
 * How the rows and the columns of an input of this size are spread.
 * @param {WindowSettings} settings
 * @param {number} height
 * @param {number} width
 */
export function transposedAxes(settings, height, width) {
  const { top, bottom, left, right } = settings.padding;
  return {
    height: transposedAxis(settings, 0, height, top, bottom),
    width: transposedAxis(settings, 1, width, left, right),
  };
}

/**
 * @param {WindowSettings} settings
 * @param {0 | 1} side  height or width
 * @param {number} inputSize
 * @param {number} paddingBefore
 * @param {number} paddingAfter
 * @returns {TransposedAxis}
 */
function transposedAxis(settings, side, inputSize, paddingBefore, paddingAfter) {
  const [kernelSize, stride] = [settings.kernelSize[side], settings.stride[side]];
  const [dilation, outputPadding] = [settings.dilation[side], settings.outputPadding[side]];
  const fullOutput = (inputSize - 1) * stride + dilation * (kernelSize - 1) + 1 + outputPadding;
  return {
    inputSize,
    outputPadding,
    fullOutput,
    forward: {
      inputSize: fullOutput - paddingBefore - paddingAfter,
      kernelSize,
      stride,
      dilation,
      paddingBefore,
      paddingAfter,
      paddingMode: 'zeros',
      ceilMode: false,
    },
  };
}

/** How many lines there are to write to; below 1 where padding takes all. @param {TransposedAxis} axis */
export function transposedSize(axis) {
  return axis.forward.inputSize;
}

/**
 * The output line under each kernel line for one input line; null where padding took it away.
 * @param {TransposedAxis} axis
 * @param {number} source
 */
export function targets(axis, source) {
  return sources(axis.forward, source);
}

/**
 * Every input line and kernel line that writes to an output line.
 * @param {TransposedAxis} axis
 * @param {number} output
 */
export function writers(axis, output) {
  return readers(axis.forward, output)
    .filter((reader) => reader.output < axis.inputSize)
    .map(({ output: source, kernel }) => ({ source, kernel }));
}

/**
 * The output line under each kernel line for each input line, by kernel line; -1 where it is gone.
 * @param {TransposedAxis} axis
 */
export function targetLines(axis) {
  // An output_padding of a whole stride leaves room for a position that no input has.
  return linesUnder(axis.forward).map((lines) => lines.subarray(0, axis.inputSize));
}

/**
 * The output size with every number that leads to it. `unread` are the input lines of which nothing
 * remains, `unwritten` the output lines that hold the bias alone.
 * @param {TransposedAxis} axis
 */
export function transposedStep(axis) {
  const { inputSize, outputPadding, fullOutput, forward } = axis;
  const { kernelSize, dilation, stride, paddingBefore, paddingAfter } = forward;
  const written = targetLines(axis);
  const reached = new Set(written.flatMap((lines) => Array.from(lines)));
  const kernel = kernelLatex(kernelSize, dilation);
  const cut = paddingLatex(paddingBefore, paddingAfter, ' - ');
  const extra = outputPadding ? ` + ${outputPadding}` : '';
  const output = transposedSize(axis);
  return {
    input: inputSize,
    padding_before: paddingBefore,
    padding_after: paddingAfter,
    kernel_size: kernelSize,
    dilation,
    effective_kernel_size: dilation * (kernelSize - 1) + 1,
    stride,
    output_padding: outputPadding,
    full_output: fullOutput,
    output,
    unread: range(inputSize).filter((line) => written.every((lines) => lines[line] < 0)),
    unwritten: range(output).filter((line) => !reached.has(line)),
    latex: `(${inputSize} - 1) \\cdot ${stride} + ${kernel}${cut}${extra} = ${output}`,
  };
}

/** The numbers below a count. @param {number} count */
function range(count) {
  return Array.from({ length: count }, (_, index) => index);
}
