// What stands on the stage, and where, arranged so that the cells are as large as fits.
//
// The words of the stage: a station is what stands on it (input, kernel, output, their gradients), with a
// plane of cells for each channel. A flow is a way in which stations can stand beside and below each other,
// as a table; a board is a flow with its boxes in pixels. A planes model is an experiment with what is seen
// of it; a picture is a board with the numbers of every plane, so that drawing it computes nothing.

import { arrangementsOf } from './flows.js';
import { tableBoxes, tableSize } from './table.js';

/**
 * @typedef {import('./place.js').Place['side']} Side
 * @typedef {'input' | 'kernel' | 'window' | 'output' | 'input_gradient' | 'kernel_gradient'
 *   | 'output_gradient'} Role
 *
 * `first` is the place of a plane's upper left cell. Room is kept for `most` rows and columns, so
 * that nothing else moves when a plane shrinks.
 * @typedef {{
 *   role: Role,
 *   side: Side,
 *   channels: number,
 *   rows: number,
 *   columns: number,
 *   first: {row: number, column: number},
 *   most: {rows: number, columns: number},
 * }} Station
 *
 * The cells of a box have a size of their own; a board's `cell` is that of the input.
 * @typedef {{role: Role, side: Side, channel: number, x: number, y: number, width: number,
 *   height: number, rows: number, columns: number, first: {row: number, column: number},
 *   cell: number}} Box
 * @typedef {{cell: number, width: number, height: number, boxes: Box[], flow: string}} Board
 */

/** Cells are never larger, CSS px. */
export const LARGEST_CELL = 56;

/** How many times larger cells make another arrangement worth its change. */
const CLEARLY = 1.12;

/**
 * Where every plane stands: the arrangement with the largest cells, the wider one where two are alike.
 * @param {readonly Station[]} stations
 * @param {number} width  to spend, CSS px
 * @param {number} height  to spend, CSS px
 * @param {number} [least]  cells are never smaller, even where the board does not fit, CSS px
 * @returns {Board}
 */
export function boardOf(stations, width, height, least = 1) {
  const flows = arrangementsOf(stations, width);
  let [flow, cell] = [flows[0], 0];
  for (const other of flows) {
    const fitting = largestCell(other, width, height);
    // A later one has to be clearly better, or they would come and go with every setting.
    if (fitting > cell * CLEARLY) [flow, cell] = [other, fitting];
  }
  const size = Math.max(least, cell);
  return { cell: size, flow: flow.name, boxes: tableBoxes(flow, size), ...tableSize(flow, size) };
}

/**
 * A board in the middle of a room, with a margin around it; the room grows where it is too small.
 * @param {Board} board
 * @param {number} width  CSS px
 * @param {number} height  CSS px
 * @param {number} margin  on both sides together, CSS px
 * @returns {Board}
 */
export function centred(board, width, height, margin) {
  const left = Math.max(margin / 2, Math.floor((width - board.width) / 2));
  const top = Math.max(margin / 2, Math.floor((height - board.height) / 2));
  return {
    ...seenFrom(board, -left, -top),
    width: Math.max(width, board.width + margin),
    height: Math.max(height, board.height + margin),
  };
}

/**
 * A board as it lies under a window that has been moved over it.
 * @param {Board} board
 * @param {number} x
 * @param {number} y
 * @returns {Board}
 */
export function seenFrom(board, x, y) {
  if (x === 0 && y === 0) return board;
  return { ...board, boxes: board.boxes.map((box) => ({ ...box, x: box.x - x, y: box.y - y })) };
}

/**
 * The largest whole size of a cell with which a flow fits; 1 where none does.
 * @param {import('./flows.js').Flow} flow
 * @param {number} width
 * @param {number} height
 */
function largestCell(flow, width, height) {
  for (let cell = largestMap(flow, width, height); cell > 1; cell--) {
    const needed = tableSize(flow, cell);
    if (needed.width <= width && needed.height <= height) return cell;
  }
  return 1;
}

/**
 * What no cell can exceed, as the largest map of a flow must fit by itself.
 * @param {import('./flows.js').Flow} flow
 * @param {number} width
 * @param {number} height
 */
function largestMap({ slots }, width, height) {
  const maps = slots.filter(({ station }) => station.side !== 'kernel');
  const limits = maps.map(({ station: { most } }) =>
    Math.floor(Math.min(width / most.columns, height / most.rows)),
  );
  return Math.min(LARGEST_CELL, ...limits);
}

/**
 * The cell under a point of the board, with the plane it is in; null beside the planes.
 * @param {Board} board
 * @param {number} x
 * @param {number} y
 */
export function cellAt({ boxes }, x, y) {
  const box = boxes.find(
    (one) => x >= one.x && y >= one.y && x < one.x + one.width && y < one.y + one.height,
  );
  if (!box) return null;
  const row = box.first.row + Math.min(box.rows - 1, Math.floor((y - box.y) / box.cell));
  const column = box.first.column + Math.min(box.columns - 1, Math.floor((x - box.x) / box.cell));
  return { box, row, column };
}

/**
 * The plane of a role that shows a channel; of a kernel the input channel.
 * @param {Board} board
 * @param {Role} role
 * @param {number} channel
 */
export function boxOf({ boxes }, role, channel) {
  return boxes.find((box) => box.role === role && box.channel === channel) ?? null;
}

/**
 * A box around the linked cells of every plane.
 * @param {Board} board
 * @param {import('./highlight.js').Linked} links
 * @param {boolean} isBackward
 */
export function answerBoxes(board, links, isBackward) {
  /** @type {Record<import('./place.js').Place['side'], Role[]>} */
  const roles = isBackward
    ? {
        input: ['input', 'input_gradient'],
        kernel: ['kernel', 'kernel_gradient'],
        output: ['output_gradient'],
      }
    : { input: ['input'], kernel: ['kernel'], output: ['output'] };
  return /** @type {const} */ (['input', 'kernel', 'output']).flatMap((side) => {
    const channels = [...new Set(links[side].map(({ channel }) => channel))];
    return channels.flatMap((channel) => {
      const cells = links[side].filter((cell) => cell.channel === channel);
      const boxes = roles[side].map((role) => boxOf(board, role, channel));
      return boxes.flatMap((box) => (box ? [around(box, cells)] : []));
    });
  });
}

/** @param {Box} box @param {readonly {row: number, column: number}[]} cells */
function around({ x, y, first, cell: size }, cells) {
  const rows = cells.map(({ row }) => row - first.row);
  const columns = cells.map(({ column }) => column - first.column);
  return {
    left: x + Math.min(...columns) * size,
    top: y + Math.min(...rows) * size,
    right: x + (Math.max(...columns) + 1) * size,
    bottom: y + (Math.max(...rows) + 1) * size,
  };
}
