// A plane of cells: values, and what stands in each cell.

/**
 * Rows and columns as they are drawn, from the place `first` on.
 * @typedef {{readonly rows: number, readonly columns: number,
 *   readonly first: {readonly row: number, readonly column: number}}} Size
 *
 * Values are row-major; `kinds` says for each what stands in its cell. A cell whose line no window
 * reads, or no stamp writes, is hatched.
 * @typedef {{values: Float64Array, kinds: Uint8Array, hatched: Uint8Array | null}} Plane
 */

/**
 * What stands in a cell: a value; zero padding; a pixel that padding borrows; padding that a maximum
 * or a mean does not count; nothing, beyond the padding; what is not there yet; and what padding took
 * away from an output.
 */
export const KIND = { value: 0, zero: 1, borrowed: 2, uncounted: 3, beyond: 4, empty: 5, gone: 6 };

/** A plane of empty cells. @param {Size} size @returns {Plane} */
export function nothingYet({ rows, columns }) {
  const count = rows * columns;
  return {
    values: new Float64Array(count),
    kinds: new Uint8Array(count).fill(KIND.empty),
    hatched: null,
  };
}

/**
 * Visits every cell of a plane.
 * @param {Size} size
 * @param {(row: number, column: number, cell: number) => void} visit
 */
export function eachCell({ rows, columns, first }, visit) {
  for (let cell = 0; cell < rows * columns; cell++) {
    visit(first.row + Math.floor(cell / columns), first.column + (cell % columns), cell);
  }
}
