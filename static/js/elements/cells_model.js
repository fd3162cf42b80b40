/**
 * @import {Place} from './cell_editing.js'
 * @typedef {{rows: number, columns: number, values: Float64Array, palette: 'input' | 'weight',
 *   limit: number, name: string, marked?: Place | null}} CellsModel  limit: the value of the full
 *   colour; name: what a cell is called before its place
 */

/**
 * Whether two models show the same: values are never changed in place.
 * @param {CellsModel | null} one
 * @param {CellsModel | null} other
 */
export function isSame(one, other) {
  if (!one || !other) return false;
  const names = /** @type {const} */ (['rows', 'columns', 'palette', 'limit', 'name', 'marked']);
  const [now, then] = [one.values, other.values];
  return (
    names.every((name) => one[name] === other[name]) &&
    now.buffer === then.buffer &&
    now.byteOffset === then.byteOffset
  );
}
