// Which input lines stand behind one output line, for every operation alike.
//
// linesOf(experiment)    for rows and for columns: output line → input lines and their kernel lines
// stepOf(experiment)     how far the output moves when the input moves by one line

import { ofKind, poolAxes } from '../operations/pool_window.js';
import { axesOf, readSettings } from '../settings.js';
import { transposedAxes, writers } from '../operations/transposed_axis.js';
import { sources } from '../operations/window.js';

/**
 * @typedef {import('../experiment/experiment.js').Experiment} Experiment
 * @typedef {{readonly source: import('../operations/window.js').Source, readonly kernel: number}} Met
 * @typedef {(line: number) => Met[]} LinesOf
 */

/** Lines by kernel line. @param {import('../operations/window.js').Source[]} lines @returns {Met[]} */
const numbered = (lines) => lines.map((source, kernel) => ({ source, kernel }));

/**
 * What stands behind each output row and each output column.
 * @param {Experiment} experiment
 * @returns {{height: LinesOf, width: LinesOf}}
 */
export function linesOf({ operation, settings, input: { shape } }) {
  const [, height, width] = shape;
  const own = readSettings(settings);
  if (operation === 'conv_transpose2d') {
    const axes = transposedAxes(own, height, width);
    return {
      height: (line) => writers(axes.height, line),
      width: (line) => writers(axes.width, line),
    };
  }
  if (operation === 'conv2d') {
    const axes = axesOf(own, height, width);
    return {
      height: (line) => numbered(sources(axes.height, line)),
      width: (line) => numbered(sources(axes.width, line)),
    };
  }
  const axes = poolAxes(ofKind(operation, own), height, width);
  return {
    height: (line) => numbered(axes.height.sources(line)),
    width: (line) => numbered(axes.width.sources(line)),
  };
}

/**
 * How many output lines one input line is, in steps: 1 / stride, of a transposed convolution its
 * stride, of an adaptive pooling what it makes of all lines.
 * @param {Experiment} experiment
 * @returns {{rows: number, columns: number}}
 */
export function stepOf({ operation, settings, input: { shape } }) {
  const [, height, width] = shape;
  const own = readSettings(settings);
  const [down, across] = own.stride;
  if (operation === 'conv_transpose2d') return { rows: down, columns: across };
  const { outputSize } = operation === 'conv2d' ? own : ofKind(operation, own);
  if (operation === 'conv2d' || outputSize === null) return { rows: 1 / down, columns: 1 / across };
  return {
    rows: (outputSize[0] ?? height) / height,
    columns: (outputSize[1] ?? width) / width,
  };
}
