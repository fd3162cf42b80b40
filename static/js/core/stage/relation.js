// The relation between input, kernel and output along each axis, the same for every operation: a list
// of meetings. Every highlight, label and picture of the stage is read off it.
//
// relationOf(experiment)          the meetings of the rows and of the columns, and what is drawn

import { adaptiveSources } from '../operations/adaptive_axis.js';
import { outputSize, paddedSize } from '../operations/axis.js';
import { isPooling } from '../operations/checks.js';
import { ofKind } from '../operations/pool_window.js';
import { axesOf, readSettings } from '../settings.js';
import { targets, transposedAxes, transposedSize } from '../operations/transposed_axis.js';
import { positions, sourceAt } from '../operations/window.js';

/**
 * One line of the input meets one line of the kernel for one line of the output.
 * `input` and `output` are positions as they are drawn: below 0 or beyond the last line they are
 * padding. `source` is the input line that stands there, null where none does; `target` the output
 * line, null where a transposed convolution's padding takes it away. `kernel` is the line of the
 * kernel as it is stored.
 * @typedef {import('../experiment/experiment.js').Experiment} Experiment
 * @typedef {{input: number, source: number | null, kernel: number, output: number,
 *   target: number | null}} Meeting
 *
 * Lines drawn from `first` on, `count` of them; `size` of them, from 0, are values.
 * @typedef {{first: number, count: number, size: number}} Drawn
 * @typedef {{
 *   readonly meetings: readonly Meeting[],
 *   readonly input: Drawn,
 *   readonly output: Drawn,
 *   readonly kernel: number,
 *   readonly sourceAt: (position: number) => number | null,
 * }} AxisRelation
 * @typedef {{readonly rows: AxisRelation, readonly columns: AxisRelation}} Relation
 */

/** @type {WeakMap<Experiment, Relation>} */
const known = new WeakMap();

/**
 * The relation of an experiment's lines; that of the same experiment is built once.
 * @param {Experiment} experiment
 * @returns {Relation}
 */
export function relationOf(experiment) {
  const before = known.get(experiment);
  if (before) return before;
  const relation = build(experiment);
  known.set(experiment, relation);
  return relation;
}

/** @param {Experiment} experiment @returns {Relation} */
function build({ operation, input, settings }) {
  const [, height, width] = input.shape;
  const read = readSettings(settings);
  if (operation === 'conv_transpose2d') {
    const axes = transposedAxes(read, height, width);
    return {
      rows: spread(axes.height, read.flipKernel),
      columns: spread(axes.width, read.flipKernel),
    };
  }
  if (!isPooling(operation)) {
    const axes = axesOf(read, height, width);
    return {
      rows: moving(axes.height, read.flipKernel),
      columns: moving(axes.width, read.flipKernel),
    };
  }
  const own = ofKind(operation, read);
  if (own.outputSize) {
    const [rows, columns] = own.outputSize;
    return { rows: shared(height, rows ?? height), columns: shared(width, columns ?? width) };
  }
  const axes = axesOf(own, height, width);
  return { rows: moving(axes.height, false), columns: moving(axes.width, false) };
}

/**
 * A window that moves over the input and its padding, and with ceil_mode beyond it.
 * @param {import('../operations/axis.js').Axis} axis
 * @param {boolean} isFlipped
 * @returns {AxisRelation}
 */
function moving(axis, isFlipped) {
  const size = outputSize(axis);
  const meetings = range(size).flatMap((output) =>
    positions(axis, output).map((position, kernel) => ({
      input: position,
      source: sourceAt(axis, position),
      kernel: stored(kernel, axis.kernelSize, isFlipped),
      output,
      target: output,
    })),
  );
  const first = 0 - axis.paddingBefore;
  const end = meetings.reduce((most, { input }) => Math.max(most, input + 1), 0);
  return {
    meetings,
    input: {
      first,
      count: Math.max(paddedSize(axis), end - first),
      size: axis.inputSize,
    },
    output: { first: 0, count: size, size },
    kernel: axis.kernelSize,
    sourceAt: (position) => sourceAt(axis, position),
  };
}

/**
 * Windows that are laid out over the input, as adaptive pooling does.
 * @param {number} inputSize
 * @param {number} size
 * @returns {AxisRelation}
 */
function shared(inputSize, size) {
  const meetings = range(size).flatMap((output) =>
    adaptiveSources(inputSize, size, output).map((source, kernel) => ({
      input: source,
      source,
      kernel,
      output,
      target: output,
    })),
  );
  return {
    meetings,
    input: { first: 0, count: inputSize, size: inputSize },
    output: { first: 0, count: size, size },
    kernel: meetings.reduce((most, { kernel }) => Math.max(most, kernel + 1), 0),
    sourceAt: (position) => (position >= 0 && position < inputSize ? position : null),
  };
}

/**
 * Kernels that are stamped on an output, of which padding then takes lines away.
 * @param {import('../operations/transposed_axis.js').TransposedAxis} axis
 * @param {boolean} isFlipped
 * @returns {AxisRelation}
 */
function spread(axis, isFlipped) {
  const { forward, inputSize, fullOutput } = axis;
  const meetings = range(inputSize).flatMap((source) => {
    const kept = targets(axis, source);
    return positions(forward, source).map((output, kernel) => ({
      input: source,
      source,
      kernel: stored(kernel, forward.kernelSize, isFlipped),
      output,
      target: kept[kernel],
    }));
  });
  return {
    meetings,
    input: { first: 0, count: inputSize, size: inputSize },
    output: { first: 0 - forward.paddingBefore, count: fullOutput, size: transposedSize(axis) },
    kernel: forward.kernelSize,
    sourceAt: (position) => (position >= 0 && position < inputSize ? position : null),
  };
}

/**
 * The line of the stored kernel that lies where this one would, were it not flipped.
 * @param {number} kernel
 * @param {number} size
 * @param {boolean} isFlipped
 */
function stored(kernel, size, isFlipped) {
  return isFlipped ? size - 1 - kernel : kernel;
}

/** The numbers below a count. @param {number} count */
function range(count) {
  return Array.from({ length: Math.max(0, count) }, (_, index) => index);
}
