// One map of an output as a small picture, signed around zero.

/** @import {Values} from '../experiment/experiment.js' */

/** The largest absolute value that is finite; 0 where there is none. @param {ArrayLike<number>} values */
export function largestOf(values) {
  let most = 0;
  for (let i = 0; i < values.length; i += 1) {
    const size = Math.abs(values[i]);
    if (size > most && Number.isFinite(size)) most = size;
  }
  return most;
}

/**
 * One map of an output, (C, H, W), as a picture.
 * @param {Values} output
 * @param {number} channel
 * @param {number} limit  a value that has the full colour
 * @returns {{rows: number, columns: number, values: Float32Array, palette: 'activation', limit: number}}
 */
export function outputPicture({ shape, data }, channel, limit) {
  const [, rows, columns] = shape;
  const start = channel * rows * columns;
  const values = Float32Array.from(data.subarray(start, start + rows * columns));
  return { rows, columns, values, palette: 'activation', limit };
}
