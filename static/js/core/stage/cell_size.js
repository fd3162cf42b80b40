// How large the cells of a station are, and how much room is kept for its planes.

/** @import {Station} from './board.js' */

/**
 * Beside maps with cells below `from`, a kernel, a window or a small output has cells of `cell`, as far as its
 * plane is no larger than the flow says, CSS px: nine tiny cells could neither be read nor met by the pointer.
 */
const LEGIBLE = { from: 12, cell: 24 };

/** How wide what stands below one of several planes is in two lines, and below a gradient, CSS px. */
const NAME_PX = { plane: 54, gradient: 92 };

/**
 * How large a station's cells are.
 * @param {Station} station
 * @param {number} cell  of the maps, CSS px
 * @param {number} legible  how large such a plane may become, CSS px
 */
export function cellOf({ side, rows, columns, most }, cell, legible) {
  if (side === 'input' || cell >= LEGIBLE.from) return cell;
  // An output takes no more than the room that is kept for it: nothing else moves.
  const room = side === 'output' ? Math.min(most.rows, most.columns) * cell : legible;
  const fitting = Math.floor(Math.min(legible, room) / Math.max(rows, columns));
  return Math.max(cell, Math.min(LEGIBLE.cell, fitting));
}

/**
 * The room that is kept for a plane. What a larger kernel takes, the output gives back: it is counted
 * in cells of the maps, so that the input stays where it is.
 * @param {Station} station
 * @param {'rows' | 'columns'} which
 * @param {number} cell  of the maps, CSS px
 * @param {number} legible  how large a kernel's plane may become, CSS px
 */
export function roomFor({ role, side, channels, most }, which, cell, legible) {
  const isLegible = side === 'kernel' && cell < LEGIBLE.from;
  const room = most[which] * cell + (isLegible ? legible - cell : 0);
  if (which === 'rows' || channels === 1) return room;
  return Math.max(room, NAME_PX[role.includes('gradient') ? 'gradient' : 'plane']);
}
