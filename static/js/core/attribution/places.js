/**
 * A map of how much each place counts, one value a place.
 * @typedef {{rows: number, columns: number, values: Float32Array}} Places
 *
 * @import {Tensor} from '../tensor.js'
 * @import {Method} from './methods.js'
 */

/** So many of a spiky map's pixels have less than the full colour, as a share. */
const BELOW_FULL = 0.99;

/**
 * One value a place: of a pixel's channels the largest, their sum, or the first where all are alike.
 * @param {Tensor} tensor  (C, H, W) or (H, W)
 * @param {Method['channels']} channels
 * @returns {Places}
 */
export function placesOf({ shape, data }, channels) {
  const [rows = 1, columns = 1] = shape.slice(-2);
  const size = rows * columns;
  const values = data.slice(0, size);
  if (channels === 'alike') return { rows, columns, values };
  for (let i = size; i < data.length; i += 1) {
    const at = i % size;
    values[at] = channels === 'sum' ? values[at] + data[i] : Math.max(values[at], data[i]);
  }
  return { rows, columns, values };
}

/**
 * From which absolute value on a place has the full colour, the largest there is, and where that is.
 * @param {Places} places
 * @param {boolean} isSpiky
 */
export function rangeOf({ columns, values }, isSpiky) {
  const sizes = values.map(Math.abs);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const at = sizes.indexOf(largest);
  const strongest = { row: Math.floor(at / columns), column: at % columns };
  if (!isSpiky) return { limit: largest, largest, strongest };
  const below = sizes.toSorted()[Math.floor(BELOW_FULL * (sizes.length - 1))];
  return { limit: below || largest, largest, strongest };
}

/** The place of a map under a place of another, laid over the same picture. @param {{row: number, column: number}} at @param {Places} from @param {Places} to */
export const sameSpot = ({ row, column }, from, to) => ({
  row: Math.min(to.rows - 1, Math.floor(((row + 0.5) / from.rows) * to.rows)),
  column: Math.min(to.columns - 1, Math.floor(((column + 0.5) / from.columns) * to.columns)),
});
