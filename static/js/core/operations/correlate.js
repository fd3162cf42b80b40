// The three sums that convolutions and their gradients are, over one index map.

import { framed, unframed } from './frames.js';

/** @import {LinePair, Sums, Values} from './frames.js' */

/**
 * Every window times kernel, summed over the channels of its group. The order of the sum is that of
 * a trace: each channel's products row by row, then the channels.
 * @param {Values} large  (C, H, W)
 * @param {Values} weight  (C_other, C / groups, K_h, K_w)
 * @param {number} groups
 * @param {LinePair} lines
 * @returns {Sums}  (C_other, one row for each of `lines.rows`, likewise the columns)
 */
export function correlate(large, weight, groups, { rows, columns }) {
  const [others, size] = weight.shape;
  const [height, width] = [rows[0].length, columns[0].length];
  const stride = large.shape[2] + 1;
  const planes = Array.from({ length: large.shape[0] }, (_, channel) => framed(large, channel));
  const data = new Float64Array(others * height * width);
  const map = new Float64Array(height * width);
  for (let pair = 0; pair < others * size; pair++) {
    const other = Math.floor(pair / size);
    const first = Math.floor(other / (others / groups)) * size;
    const plane = planes[first + (pair % size)];
    let place = pair * rows.length * columns.length;
    map.fill(0);
    for (const below of rows) {
      for (const across of columns) {
        const factor = weight.data[place++];
        for (let row = 0; row < height; row++) {
          if (below[row] < 0) continue;
          addGathered(map, row * width, plane, below[row] * stride + 1, across, factor);
        }
      }
    }
    const start = other * height * width;
    for (let cell = 0; cell < map.length; cell++) data[start + cell] += map[cell];
  }
  return { shape: [others, height, width], data };
}

/**
 * Every value times its kernels, added up where the lines say.
 * @param {Values} small  (C, H, W)
 * @param {Values} weight  (C, C_other / groups, K_h, K_w)
 * @param {number} groups
 * @param {readonly [number, number]} size  height and width of what is written
 * @param {LinePair} lines
 * @returns {Sums}  (C_other, …size)
 */
export function stamp(small, weight, groups, [height, width], { rows, columns }) {
  const [channels, perGroup] = weight.shape;
  const [, smallHeight, smallWidth] = small.shape;
  const values = Float64Array.from(small.data);
  const planes = Array.from(
    { length: perGroup * groups },
    () => new Float64Array(height * (width + 1)),
  );
  for (let pair = 0; pair < channels * perGroup; pair++) {
    const channel = Math.floor(pair / perGroup);
    const group = Math.floor(channel / (channels / groups));
    const plane = planes[group * perGroup + (pair % perGroup)];
    let place = pair * rows.length * columns.length;
    for (const below of rows) {
      for (const across of columns) {
        const factor = weight.data[place++];
        for (let row = 0; row < smallHeight; row++) {
          if (below[row] < 0) continue;
          const start = (channel * smallHeight + row) * smallWidth;
          addScattered(plane, below[row] * (width + 1) + 1, values, start, across, factor);
        }
      }
    }
  }
  const data = new Float64Array(planes.length * height * width);
  planes.forEach((plane, other) => {
    data.set(unframed(plane, height, width), other * height * width);
  });
  return { shape: [planes.length, height, width], data };
}

/**
 * For each weight the sum, over all positions, of what meets there on both sides.
 * @param {Values} small  (C, H, W)
 * @param {Values} large  (C_other, H', W')
 * @param {number} groups
 * @param {LinePair} lines
 * @returns {Sums}  (C, C_other / groups, K_h, K_w)
 */
export function products(small, large, groups, { rows, columns }) {
  const [channels, height, width] = small.shape;
  const perGroup = large.shape[0] / groups;
  const stride = large.shape[2] + 1;
  const values = Float64Array.from(small.data);
  const planes = Array.from({ length: large.shape[0] }, (_, channel) => framed(large, channel));
  const shape = [channels, perGroup, rows.length, columns.length];
  const data = new Float64Array(channels * perGroup * rows.length * columns.length);
  let place = 0;
  for (let pair = 0; pair < channels * perGroup; pair++) {
    const channel = Math.floor(pair / perGroup);
    const group = Math.floor(channel / (channels / groups));
    const plane = planes[group * perGroup + (pair % perGroup)];
    for (const below of rows) {
      for (const across of columns) {
        let total = 0;
        for (let row = 0; row < height; row++) {
          if (below[row] < 0) continue;
          const start = (channel * height + row) * width;
          total += met(plane, below[row] * stride + 1, values, start, across);
        }
        data[place++] = total;
      }
    }
  }
  return { shape, data };
}

// The innermost loops stand apart, so that the engine compiles them within the first map.

/**
 * @param {Float64Array} output
 * @param {number} outputStart
 * @param {Float64Array} plane
 * @param {number} planeStart
 * @param {Int32Array} across
 * @param {number} factor
 */
function addGathered(output, outputStart, plane, planeStart, across, factor) {
  for (let column = 0; column < across.length; column++) {
    output[outputStart + column] += factor * plane[planeStart + across[column]];
  }
}

/**
 * @param {Float64Array} plane
 * @param {number} planeStart
 * @param {Float64Array} values
 * @param {number} valuesStart
 * @param {Int32Array} across
 * @param {number} factor
 */
function addScattered(plane, planeStart, values, valuesStart, across, factor) {
  for (let column = 0; column < across.length; column++) {
    plane[planeStart + across[column]] += factor * values[valuesStart + column];
  }
}

/**
 * @param {Float64Array} plane
 * @param {number} planeStart
 * @param {Float64Array} values
 * @param {number} valuesStart
 * @param {Int32Array} across
 */
function met(plane, planeStart, values, valuesStart, across) {
  let total = 0;
  for (let column = 0; column < across.length; column++) {
    total += plane[planeStart + across[column]] * values[valuesStart + column];
  }
  return total;
}
