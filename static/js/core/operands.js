// What the traces read and add up, in float64.

/**
 * @import {Values} from './operations/frames.js'
 * @import {Source} from './operations/window.js'
 *
 * A value's place in an activation, counted from 0.
 * @typedef {{readonly channel: number, readonly row: number, readonly column: number}} Position
 */

/**
 * The input at some channels, rows and columns, in float64; `fill` where one is padding.
 * @param {Values} input  (C, H, W)
 * @param {readonly number[]} channels
 * @param {readonly Source[]} rows
 * @param {readonly Source[]} columns
 * @param {number} fill
 */
export function gather(input, channels, rows, columns, fill) {
  const [, height, width] = input.shape;
  const values = channels.flatMap((channel) =>
    rows.flatMap((row) =>
      columns.map((column) =>
        row === null || column === null
          ? fill
          : input.data[(channel * height + row) * width + column],
      ),
    ),
  );
  return Float64Array.from(values);
}

/** The sum of numbers, in their order. @param {Float64Array} values */
export function sum(values) {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index];
  return total;
}

/**
 * The input channels that one output channel reads: those of its group.
 * @param {readonly number[]} weightShape  (C_out, C_in / groups, K_h, K_w)
 * @param {number} groups
 * @param {number} channel
 */
export function channelsOf(weightShape, groups, channel) {
  const [outChannels, size] = weightShape;
  const first = Math.floor(channel / (outChannels / groups)) * size;
  return Array.from({ length: size }, (_, index) => first + index);
}
