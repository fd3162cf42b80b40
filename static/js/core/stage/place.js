// Places on the three pictures of an operation.

import { operationNamed } from '../operations/registry.js';
import { layoutOf } from '../experiment/weight_layout.js';
import { outputShapeOf } from '../experiment/shapes.js';

/** @import {Experiment, Operation} from '../experiment/experiment.js' */

/**
 * A cell of one of the three pictures. Of a kernel, `channel` is the input channel it reads and
 * `filter` the output channel it belongs to.
 * @typedef {{
 *   readonly side: 'input' | 'kernel' | 'output',
 *   readonly channel: number,
 *   readonly row: number,
 *   readonly column: number,
 *   readonly filter?: number,
 * }} Place
 *
 * What the stage shows. `stamp` and `gather` are the two views of a transposed convolution.
 * @typedef {'forward' | 'backward' | 'stamp' | 'gather' | 'compare' | 'image'} SeeKind
 * @typedef {{readonly kind: SeeKind}} See
 */

const PARTS = /** @type {const} */ (['side', 'channel', 'row', 'column', 'filter']);

/** Whether two are the same cell; none is the same as none. @param {Place | null} one @param {Place | null} two */
export function isSamePlace(one, two) {
  return one && two ? PARTS.every((name) => one[name] === two[name]) : one === two;
}

/**
 * The shape of the picture that a place is on; null where there is none.
 * @param {Experiment} experiment
 * @param {Place['side']} side
 */
export function pictureShape(experiment, side) {
  if (side === 'input') return experiment.input.shape;
  if (side === 'output') return outputShapeOf(experiment);
  return [experiment.input.shape[0], ...layoutOf(experiment).kernelSize];
}

/** Whether a place is on its picture. @param {Experiment} experiment @param {Place} place */
export function isThere(experiment, { side, channel, row, column, filter = 0 }) {
  const shape = pictureShape(experiment, side);
  if (!shape) return false;
  const inside = [channel, row, column].every((line, axis) => line >= 0 && line < shape[axis]);
  return inside && filter >= 0 && (side !== 'kernel' || filter < layoutOf(experiment).outChannels);
}

/**
 * The shape that is gone through cell by cell: the output, or of a transposed convolution that stamps
 * the input.
 * @param {Experiment} experiment
 * @param {See} see
 */
function steppedShape(experiment, { kind }) {
  return kind === 'stamp' ? experiment.input.shape : (outputShapeOf(experiment) ?? [0, 0, 0]);
}

/** How many steps there are. @param {Experiment} experiment @param {See} see */
export function frameCount(experiment, see) {
  const [, height, width] = steppedShape(experiment, see);
  return height * width;
}

/**
 * The cell that is made, or stamped, in one step; null where there are none.
 * @param {Experiment} experiment
 * @param {See} see
 * @param {number} frame
 * @param {number} filter  the output channel that is looked at
 * @returns {Place | null}
 */
export function placeOfFrame(experiment, see, frame, filter) {
  const [, height, width] = steppedShape(experiment, see);
  if (height * width === 0) return null;
  const [row, column] = [Math.floor(frame / width), frame % width];
  return see.kind === 'stamp'
    ? { side: 'input', channel: 0, row, column }
    : { side: 'output', channel: filter, row, column };
}

/**
 * The step in which a place is made or stamped; null for a place that none is about.
 * @param {Experiment} experiment
 * @param {See} see
 * @param {Place} place
 */
export function frameOfPlace(experiment, see, { side, row, column }) {
  if (side !== (see.kind === 'stamp' ? 'input' : 'output')) return null;
  return row * steppedShape(experiment, see)[2] + column;
}

/** What can be seen of an operation, the usual view first. @param {Operation} operation */
export function seeKindsOf(operation) {
  return operationNamed(operation).views;
}
