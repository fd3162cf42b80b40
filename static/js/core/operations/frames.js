// Maps and kernels as whole operations read them: in float64, each map with a column of zeros before
// it, so that padding (line -1) is read like any other place.

import { sourceTable } from './window.js';

/**
 * What an operation reads, and what it gives: row-major values and their shape.
 * @typedef {{readonly shape: readonly number[], readonly data: Float32Array | Float64Array}} Values
 * @typedef {{shape: number[], data: Float64Array}} Sums
 *
 * For each kernel line, the line of the larger map under it for each line of the smaller one; -1
 * where there is none.
 * @typedef {readonly Int32Array[]} Lines
 * @typedef {{readonly rows: Lines, readonly columns: Lines}} LinePair
 */

/**
 * One map with a column of zeros before it: the value at (row, column) is at row · (W + 1) + column + 1.
 * @param {Values} values  (C, H, W)
 * @param {number} channel
 */
export function framed({ shape, data }, channel) {
  const [, height, width] = shape;
  const plane = new Float64Array(height * (width + 1));
  for (let row = 0; row < height; row++) {
    const start = (channel * height + row) * width;
    plane.set(data.subarray(start, start + width), row * (width + 1) + 1);
  }
  return plane;
}

/** A map without its column of zeros. @param {Float64Array} plane @param {number} height @param {number} width */
export function unframed(plane, height, width) {
  const map = new Float64Array(height * width);
  for (let row = 0; row < height; row++) {
    const start = row * (width + 1) + 1;
    map.set(plane.subarray(start, start + width), row * width);
  }
  return map;
}

/**
 * The input line under each kernel line for each output line, by kernel line.
 * @param {import('./axis.js').Axis} axis
 * @returns {Lines}
 */
export function linesUnder(axis) {
  const table = sourceTable(axis);
  const { kernelSize } = axis;
  return Array.from({ length: kernelSize }, (_, kernel) =>
    Int32Array.from(
      { length: table.length / kernelSize },
      (__, output) => table[output * kernelSize + kernel],
    ),
  );
}

/**
 * The kernels as they are laid on the input: turned by 180° where the settings say so.
 * @param {Values} weight  (…, K_h, K_w)
 * @param {boolean} isFlipped
 * @returns {Values}
 */
export function oriented({ shape, data }, isFlipped) {
  if (!isFlipped) return { shape, data };
  const area = shape[2] * shape[3];
  const turned = data.map((_, index) => {
    const place = index % area;
    return data[index - place + (area - 1 - place)];
  });
  return { shape, data: turned };
}
