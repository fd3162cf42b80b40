import { DIVERGING_ZERO } from '../core/colour.js';

/**
 * How values become pixels: a diverging table with one limit a map, or a sequential one from 0 to 1
 * (its values shifted by a map's `zeros` and divided by its `spans` first).
 * @typedef {{table: Uint32Array, limits: Float32Array}} Diverging
 * @typedef {{table: Uint32Array, zeros: readonly number[], spans: readonly number[]}} Sequential
 * @typedef {Diverging | Sequential} Scale
 */

/**
 * Whether two scales make the same colours of a value.
 * @param {Scale} one
 * @param {Scale} other
 */
export function isSameScale(one, other) {
  const isSame = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) => {
    for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
    return a.length === b.length;
  };
  if (one.table !== other.table) return false;
  if ('spans' in one)
    return 'spans' in other && isSame(one.zeros, other.zeros) && isSame(one.spans, other.spans);
  return 'limits' in other && isSame(one.limits, other.limits);
}

/** The factor and offset that turn a value into a table entry. @param {Scale} scale @param {number} channel */
export function toEntry(scale, channel) {
  if ('spans' in scale) {
    const factor = (scale.table.length - 1) / scale.spans[channel];
    return { factor, offset: 0.5 - scale.zeros[channel] * factor };
  }
  const limit = scale.limits[channel] ?? 0;
  return { factor: limit > 0 ? DIVERGING_ZERO / limit : 0, offset: DIVERGING_ZERO + 0.5 };
}
