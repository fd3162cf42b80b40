// Going over the stage cell by cell.

import { axesOf, operationOf } from '../operations/registry.js';
import { shownFilter } from './stations.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {Box} from './board.js'
 * @import {Place} from './place.js'
 */

/** How far an arrow key goes with Shift. */
const FAR = 5;

/** @type {Record<string, readonly [number, number]>} */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * The place that a cell of a plane stands for; null for a cell that nothing has to do with.
 * @param {Experiment} experiment
 * @param {number} filter  whose kernels are shown
 * @param {{box: Box, row: number, column: number}} cell
 * @returns {Place | null}
 */
export function placeOfCell(experiment, filter, { box, row, column }) {
  const { side, channel, role } = box;
  if (role === 'window') return null;
  if (side === 'kernel') {
    return { side, channel, row, column, filter: shownFilter(experiment, channel, filter) };
  }
  if (side === 'input') return { side, channel, row, column };
  const { height: rows, width: columns } = axesOf(experiment);
  const isThere = row >= 0 && column >= 0 && row < rows.output.size && column < columns.output.size;
  return isThere ? { side, channel, row, column } : null;
}

/** Whether a place is in the input's padding. @param {Experiment} experiment @param {Place} place */
export function isPadding({ input }, { side, row, column }) {
  const [, height, width] = input.shape;
  return side === 'input' && (row < 0 || column < 0 || row >= height || column >= width);
}

/**
 * Where a key leads from a place, within its plane.
 * @param {Experiment} experiment
 * @param {Place} place
 * @param {string} key
 * @param {boolean} isFar
 * @returns {Place | null}  null where the key is none that walks
 */
export function walked(experiment, place, key, isFar) {
  const { first, last } = boundsOf(experiment, place.side);
  const step = isFar ? FAR : 1;
  const to = { row: place.row, column: place.column };
  if (key in ARROWS) {
    to.row += ARROWS[key][0] * step;
    to.column += ARROWS[key][1] * step;
  } else if (key === 'Home') to.column = 0;
  else if (key === 'End') to.column = last.column;
  else return null;
  return {
    ...place,
    row: Math.min(last.row, Math.max(first.row, to.row)),
    column: Math.min(last.column, Math.max(first.column, to.column)),
  };
}

/**
 * The first and the last cell one can walk to on a side; on the input its padding too.
 * @param {Experiment} experiment
 * @param {Place['side']} side
 */
function boundsOf(experiment, side) {
  const { height: rows, width: columns } = axesOf(experiment);
  if (side === 'input') {
    const { input: down } = rows;
    const { input: across } = columns;
    return {
      first: { row: down.first, column: across.first },
      last: { row: down.first + down.count - 1, column: across.first + across.count - 1 },
    };
  }
  const size =
    side === 'kernel' ? [rows.kernel, columns.kernel] : [rows.output.size, columns.output.size];
  return { first: { row: 0, column: 0 }, last: { row: size[0] - 1, column: size[1] - 1 } };
}

/**
 * The same cell of the next or the former channel; of a kernel, of its filter's next input.
 * @param {Experiment} experiment
 * @param {Place} place
 * @param {number} channels  on its side
 * @param {number} by
 * @returns {Place}
 */
export function ofNextChannel(experiment, place, channels, by) {
  const channel = Math.min(channels - 1, Math.max(0, place.channel + by));
  if (place.side !== 'kernel') return { ...place, channel };
  return { ...place, channel, filter: shownFilter(experiment, channel, place.filter ?? 0) };
}

/**
 * Where walking over a side begins: at what is explained already, or what answers it there.
 * @param {Experiment} experiment
 * @param {number} filter
 * @param {Place['side']} side
 * @param {Place | null} spot
 * @param {import('./highlight.js').Linked | null} links  of the spot
 * @returns {Place}
 */
export function firstPlace(experiment, filter, side, spot, links) {
  if (spot?.side === side) return spot;
  const answer = links?.[side].find((cell) => !('isGone' in cell && cell.isGone));
  const { channel, row, column } = answer ?? { channel: 0, row: 0, column: 0 };
  if (side !== 'kernel' || !operationOf(experiment).hasWeight)
    return { side, channel, row, column };
  return { side, channel, row, column, filter: shownFilter(experiment, channel, filter) };
}
