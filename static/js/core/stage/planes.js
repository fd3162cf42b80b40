// The numbers on the stage: every plane's values, and what kind of cell each of them stands in.

import { outputGradientOf } from '../experiment/outcome.js';
import { weightIndex } from './channels.js';
import { axesOf, operandsOf, operationOf } from '../operations/registry.js';
import { shownFilter } from './stations.js';
import { KIND, eachCell, nothingYet } from './plane.js';
import { isReached, stampedSoFar } from './stamps.js';
import { windowPlane } from './pooling_window.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {Box} from './board.js'
 * @import {Place} from './place.js'
 * @import {Plane} from './plane.js'
 *
 * What the numbers follow from. `frame` is the last one that was made; `filter` the output channel
 * whose kernels are shown; `spot` the place whose window is.
 * @typedef {{
 *   experiment: Experiment,
 *   outcome: import('../experiment/outcome.js').Computed,
 *   gradients: import('../experiment/outcome.js').Gradients | null,
 *   see: {kind: string},
 *   frame: number,
 *   filter: number,
 *   spot: Place | null,
 * }} PlanesModel
 */

/** The numbers of one plane. @param {PlanesModel} model @param {Box} box @returns {Plane} */
export function planeOf(model, box) {
  const { experiment, outcome, gradients } = model;
  switch (box.role) {
    case 'input':
      return inputPlane(model, box, experiment.input);
    case 'input_gradient':
      return gradients ? bare(box, gradients.input) : nothingYet(box);
    case 'kernel':
      return kernelPlane(model, box, experiment.weight);
    case 'kernel_gradient':
      return gradients?.weight ? kernelPlane(model, box, gradients.weight) : nothingYet(box);
    case 'window':
      return windowPlane(model, box);
    case 'output':
      return outputPlane(model, box, outcome.output);
    case 'output_gradient':
      return bare(box, /** @type {Values} */ (outputGradientOf(experiment)));
  }
}

/**
 * What was last made of each channel of an input, and for which padding and part of it: a stride, a kernel
 * or a dilation changes nothing of it.
 * @type {WeakMap<Float64Array, Map<number, {of: string, plane: Plane}>>}
 */
const inputs = new WeakMap();

/** The input with its padding. @param {PlanesModel} model @param {Box} box @param {Values} input @returns {Plane} */
function inputPlane({ experiment }, box, input) {
  const { height: rows, width: columns } = axesOf(experiment);
  const { paddingMode } = operandsOf(experiment).settings;
  const sides = [rows.padding, columns.padding].map(({ before, after }) => [before, after]);
  const size = [box.rows, box.columns, box.first.row, box.first.column];
  const of = [paddingKind(experiment), paddingMode, ...input.shape, ...sides, ...size].join();
  const known = inputs.get(input.data) ?? new Map();
  inputs.set(input.data, known);
  if (known.get(box.channel)?.of !== of)
    known.set(box.channel, { of, plane: paddedPlane(experiment, box, input) });
  return { ...known.get(box.channel).plane, hatched: hatch(box, rows.idle, columns.idle) };
}

/** The input with its padding, nothing hatched. @param {Experiment} experiment @param {Box} box @param {Values} input */
function paddedPlane(experiment, box, input) {
  const { height: rows, width: columns } = axesOf(experiment);
  const plane = nothingYet(box);
  const padding = paddingKind(experiment);
  const [, height, width] = input.shape;
  eachCell(box, (row, column, cell) => {
    const source = rows.sourceAt(row);
    const across = columns.sourceAt(column);
    if (source === null || across === null) {
      plane.kinds[cell] = isWithin(rows, row) && isWithin(columns, column) ? padding : KIND.beyond;
      return;
    }
    plane.kinds[cell] = source === row && across === column ? KIND.value : KIND.borrowed;
    plane.values[cell] = input.data[(box.channel * height + source) * width + across];
  });
  return plane;
}

/**
 * Whether a line is the input's or its padding's, rather than beyond both.
 * @param {import('../operations/axis_map.js').AxisMap} axis
 * @param {number} line
 */
function isWithin({ input, padding }, line) {
  return line >= -padding.before && line < input.size + padding.after;
}

/**
 * What zero padding is to an operation: a number like any other, or nothing that counts.
 * @param {Experiment} experiment
 */
function paddingKind(experiment) {
  const { isMaximum, fields } = operationOf(experiment);
  const isLeftOut =
    fields.includes('count_include_pad') && !operandsOf(experiment).settings.countIncludePad;
  return isMaximum || isLeftOut ? KIND.uncounted : KIND.zero;
}

/**
 * A plane of the size of its values, drawn with room around it that stays empty.
 * @param {Box} box
 * @param {Values} values
 * @returns {Plane}
 */
function bare(box, { shape, data }) {
  const plane = nothingYet(box);
  const [, height, width] = shape;
  eachCell(box, (row, column, cell) => {
    const isThere = row >= 0 && row < height && column >= 0 && column < width;
    plane.kinds[cell] = isThere ? KIND.value : KIND.gone;
    if (isThere) plane.values[cell] = data[(box.channel * height + row) * width + column];
  });
  return plane;
}

/**
 * The kernel slice beside an input channel, as it is stored.
 * @param {PlanesModel} model
 * @param {Box} box
 * @param {Values} weight
 * @returns {Plane}
 */
function kernelPlane({ experiment, filter }, box, weight) {
  const own = shownFilter(experiment, box.channel, filter);
  const plane = nothingYet(box);
  eachCell(box, (row, column, cell) => {
    plane.kinds[cell] = KIND.value;
    plane.values[cell] = weight.data[weightIndex(experiment, own, box.channel, row, column)];
  });
  return plane;
}

/**
 * The output as far as it has been made.
 * @param {PlanesModel} model
 * @param {Box} box
 * @param {Values} output
 * @returns {Plane}
 */
function outputPlane({ experiment, see, frame }, box, output) {
  const isStamped = see.kind === 'stamp' && operationOf(experiment).isTransposed;
  const shown = isStamped ? stampedSoFar(experiment, frame, output) : output;
  const plane = bare(box, shown);
  const width = output.shape[2];
  eachCell(box, (row, column, cell) => {
    if (plane.kinds[cell] !== KIND.value) return;
    const isMade = isStamped
      ? isReached(experiment, frame, row, column)
      : row * width + column <= frame;
    if (!isMade) plane.kinds[cell] = KIND.empty;
  });
  const { height: down, width: across } = axesOf(experiment);
  plane.hatched = hatch(box, down.unwritten, across.unwritten);
  return plane;
}

/**
 * Which cells are on certain rows or columns of those drawn; null where there are none.
 * @param {Box} box
 * @param {readonly number[]} rows
 * @param {readonly number[]} columns
 */
function hatch({ rows: down, columns: across, first }, rows, columns) {
  if (rows.length + columns.length === 0) return null;
  const marks = new Uint8Array(down * across);
  for (const row of rows) {
    const start = (row - first.row) * across;
    marks.fill(1, start, start + across);
  }
  for (const column of columns) {
    for (let cell = column - first.column; cell < marks.length; cell += across) marks[cell] = 1;
  }
  return marks;
}
