// What answers on the other side of a comparison when a cell is pointed at.

import { linked } from '../stage/highlight.js';
import { layoutOf } from '../experiment/weight_layout.js';
import { pictureShape } from '../stage/place.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Place} from '../stage/place.js'
 */

/**
 * The place of one experiment that stands for a place of another: the same one of the input, which
 * they share; of output and kernel the one as far from the borders.
 * @param {Experiment} from
 * @param {Experiment} to
 * @param {Place} place
 * @returns {Place | null}
 */
export function counterpart(from, to, place) {
  const [mine, theirs] = [pictureShape(from, place.side), pictureShape(to, place.side)];
  if (!mine || !theirs || place.channel >= theirs[0]) return null;
  const filters = layoutOf(to).outChannels;
  if (place.side === 'input')
    return place.filter !== undefined ? { ...place, filter: undefined } : place;
  const along = (/** @type {number} */ line, /** @type {number} */ axis) => {
    const room = mine[axis] - 1;
    return room === 0 ? 0 : Math.round((line * (theirs[axis] - 1)) / room);
  };
  const { filter } = place;
  return {
    ...place,
    row: along(place.row, 1),
    column: along(place.column, 2),
    ...(filter === undefined ? {} : { filter: Math.min(filter, filters - 1) }),
  };
}

/**
 * The cell of the input in the middle of what an output cell reads, as an output cell of what came
 * before; null where that is padding.
 * @param {Experiment} experiment
 * @param {{readonly kind: string}} see
 * @param {Place} place
 * @returns {Place | null}
 */
export function middleOf(experiment, see, place) {
  if (place.side === 'kernel') return null;
  const [, height, width] = experiment.input.shape;
  const cells = linked(experiment, see, place).input;
  const { channel, row, column } =
    place.side === 'input' ? place : (cells[cells.length >> 1] ?? place);
  const isThere = row >= 0 && column >= 0 && row < height && column < width;
  return isThere ? { side: 'output', channel, row, column } : null;
}

/**
 * The frame of one that goes with a frame of another: both begin and end together.
 * @param {number} frame
 * @param {number} frames
 * @param {number} others  how many the one has
 */
export function frameBeside(frame, frames, others) {
  if (frames <= 0 || frame >= frames - 1) return others - 1;
  return Math.min(others - 1, Math.floor(((frame + 1) * others) / frames) - 1);
}
