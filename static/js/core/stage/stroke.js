// The cells between two cells, so that a fast stroke leaves no gaps.

/** @typedef {{readonly row: number, readonly column: number}} At */

/**
 * The cells of a straight line from one cell to another; the first is left out.
 * @param {At} from
 * @param {At} to
 * @returns {At[]}
 */
export function lineOfCells(from, to) {
  const [down, across] = [to.row - from.row, to.column - from.column];
  const steps = Math.max(Math.abs(down), Math.abs(across));
  return Array.from({ length: steps }, (_, index) => ({
    row: from.row + Math.round((down * (index + 1)) / steps),
    column: from.column + Math.round((across * (index + 1)) / steps),
  }));
}
