// The pixels of a photograph and of what an operation made of it.

import { divergingIndex, pack } from '../colour.js';

/** @import {Values} from '../experiment/experiment.js' */

/**
 * `limit`: from this value on the colour is full; `largest`: the largest there is, without its sign.
 * @typedef {{pixels: Uint32Array<ArrayBuffer>, limit: number, largest: number}} Painted
 *
 * What an operation made of a photograph, or why it did not.
 * @typedef {Painted & {kind: 'computed', shape: readonly number[], milliseconds: number}
 *   | {kind: 'refused', sentence: string}} Answer
 */

/** A few strong edges would leave all the others pale: so large a share is drawn within the range. */
const SHARE_WITHIN = 0.995;
const BINS = 1024;

/** @param {number} value  0…1 */
const toByte = (value) => Math.round(255 * Math.min(1, Math.max(0, value)));

/**
 * A result as pixels: three maps are red, green and blue, one map is grey. Signed values are drawn
 * by the table, three maps by their mean.
 * @param {Values} values  (3, H, W) or (1, H, W)
 * @param {import('./photo.js').Show} show
 * @param {Uint32Array} table  diverging, packed
 * @returns {Painted}
 */
export function photoPixels(values, show, table) {
  const [maps, height, width] = values.shape;
  const pixels = new Uint32Array(height * width);
  const largest = largestOf(values.data);
  if (show === 'signed') return paintSigned(pixels, means(values), table);
  const at = (/** @type {number} */ map, /** @type {number} */ cell) => {
    const value = values.data[Math.min(map, maps - 1) * pixels.length + cell];
    return toByte(show === 'absolute' ? Math.abs(value) : value);
  };
  for (let cell = 0; cell < pixels.length; cell++) {
    pixels[cell] = pack([at(0, cell), at(1, cell), at(2, cell)]);
  }
  return { pixels, limit: 1, largest };
}

/** The mean of all maps at each cell. @param {Values} values */
function means({ shape: [maps, height, width], data }) {
  const area = height * width;
  return Float64Array.from({ length: area }, (_, cell) => {
    let sum = 0;
    for (let map = 0; map < maps; map++) sum += data[map * area + cell];
    return sum / maps;
  });
}

/** @param {Uint32Array<ArrayBuffer>} pixels @param {Float64Array} values @param {Uint32Array} table */
function paintSigned(pixels, values, table) {
  const largest = largestOf(values);
  const limit = limitOf(values, largest);
  for (let cell = 0; cell < pixels.length; cell++) {
    pixels[cell] = table[divergingIndex(values[cell], limit)];
  }
  return { pixels, limit, largest };
}

/** @param {Float64Array} values */
const largestOf = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/**
 * The value that nearly all values are within, to a thousandth of the largest.
 * @param {Float64Array} values
 * @param {number} largest
 */
function limitOf(values, largest) {
  const counts = new Uint32Array(BINS + 1);
  const factor = largest > 0 ? BINS / largest : 0;
  for (const value of values) counts[Math.ceil(Math.abs(value) * factor)] += 1;
  let within = 0;
  const bin = counts.findIndex((count) => (within += count) >= SHARE_WITHIN * values.length);
  return (bin / BINS) * largest;
}

/**
 * A picture's bytes as values.
 * @param {Uint8ClampedArray} rgba
 * @param {number} width
 * @param {number} height
 * @returns {Values}  (3, H, W) in [0, 1]
 */
export function fromRgba(rgba, width, height) {
  const area = width * height;
  const data = new Float64Array(3 * area);
  for (let cell = 0; cell < area; cell++) {
    for (let colour = 0; colour < 3; colour++) {
      data[colour * area + cell] = rgba[4 * cell + colour] / 255;
    }
  }
  return { shape: [3, height, width], data };
}
