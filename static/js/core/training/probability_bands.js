// How probable each class was at every moment of a run, as one picture: a band a class, a column a moment.

/**
 * @import {Tensor} from '../tensor.js'
 *
 * One column of a band, in px: it stands on the band's ground, as high as the class was probable. Nothing
 * lies between two moments: each column is one.
 * @typedef {{readonly x: number, readonly y: number, readonly width: number, readonly height: number,
 *   readonly isBest: boolean}} Column
 */

/** More classes have no band: those that were most probable at some moment have one. */
const MOST_BANDS = 12;

/** One moment's probabilities. @param {Tensor} probabilities  (M, C) @param {number} at */
export function probabilitiesAt({ shape: [, size], data }, at) {
  return data.subarray(at * size, (at + 1) * size);
}

/** The class that was most probable at a moment; −1 where its weights are no numbers. @param {Tensor} probabilities  (M, C) @param {number} at */
export function bestAt(probabilities, at) {
  const values = probabilitiesAt(probabilities, at);
  return values.indexOf(Math.max(...values));
}

/** The classes that have a band, in their order. @param {Tensor} probabilities  (M, C) */
export function bandClasses(probabilities) {
  const [moments, size] = probabilities.shape;
  const classes = Array.from({ length: size }, (_, index) => index);
  if (size <= MOST_BANDS) return classes;
  const highest = (/** @type {number} */ index) => {
    let most = 0;
    for (let at = 0; at < moments; at += 1) {
      most = Math.max(most, probabilities.data[at * size + index]);
    }
    return most;
  };
  return classes
    .sort((a, b) => highest(b) - highest(a))
    .slice(0, MOST_BANDS)
    .sort((a, b) => a - b);
}

/**
 * Where a moment's column begins and ends.
 * @param {number} at
 * @param {number} moments  how many
 * @param {number} width  px
 */
export function columnAt(at, moments, width) {
  const left = Math.round((at * width) / moments);
  return { x: left, width: Math.round(((at + 1) * width) / moments) - left };
}

/**
 * The columns of the bands, one above the other.
 * @param {Tensor} probabilities  (M, C)
 * @param {readonly number[]} classes  those that have a band
 * @param {{width: number, row: number, gap: number}} room  px: all moments' width, a band's height with
 *   the space above it, that space
 * @returns {Column[]}
 */
export function bandColumns(probabilities, classes, { width, row, gap }) {
  const [moments, size] = probabilities.shape;
  const best = Array.from({ length: moments }, (_, at) => bestAt(probabilities, at));
  return classes.flatMap((index, band) =>
    best.map((top, at) => {
      const height = (probabilities.data[at * size + index] || 0) * (row - gap);
      const place = columnAt(at, moments, width);
      return { ...place, y: (band + 1) * row - height, height, isBest: top === index };
    }),
  );
}

/** The moment below a point, the nearest where it lies beside them. @param {number} x  px @param {number} moments @param {number} width  px */
export const momentAt = (x, moments, width) =>
  Math.max(0, Math.min(moments - 1, Math.floor((x * moments) / width)));

/**
 * From which moment on the same class stayed the most probable one.
 * @param {Tensor} probabilities  (M, C)
 * @returns {{index: number, since: number} | null} null without moments, or where the last ones are no numbers
 */
export function settled(probabilities) {
  const [moments] = probabilities.shape;
  if (moments === 0) return null;
  const index = bestAt(probabilities, moments - 1);
  if (index < 0) return null;
  let since = moments - 1;
  while (since > 0 && bestAt(probabilities, since - 1) === index) since -= 1;
  return { index, since };
}
