import { DIVERGING_ZERO } from '../core/colour.js';
import { resample } from '../core/resample.js';
import { mapsOf } from '../core/tensor.js';

/**
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 * @typedef {import('../core/layout.js').Block} Block
 *
 * How values become pixels: a diverging table with one limit a map, or a sequential one from 0 to 1
 * (its values shifted by `zero` and divided by `span` first).
 * @typedef {{table: Uint32Array, limits: Float32Array}} Diverging
 * @typedef {{table: Uint32Array, zero: number, span: number}} Sequential
 */

let scratch = new Float32Array(0);
let resized = new Float32Array(0);

/**
 * @param {Float32Array} buffer
 * @param {number} size
 */
const atLeast = (buffer, size) => (buffer.length >= size ? buffer : new Float32Array(size));

/**
 * The factor and offset that turn a value into a table entry.
 * @param {Diverging | Sequential} scale
 * @param {number} channel
 */
function toEntry(scale, channel) {
  if ('span' in scale) {
    const factor = (scale.table.length - 1) / scale.span;
    return { factor, offset: 0.5 - scale.zero * factor };
  }
  const limit = scale.limits[channel] ?? 0;
  return { factor: limit > 0 ? DIVERGING_ZERO / limit : 0, offset: DIVERGING_ZERO + 0.5 };
}

/**
 * Paints every map of a layer into one picture.
 * @param {Uint32Array} pixels  width × height of the block
 * @param {Block} block  a grid of maps
 * @param {Tensor} tensor  (C, H, W)
 * @param {Diverging | Sequential} scale
 */
export function paintMaps(pixels, block, tensor, scale) {
  const { rows, columns } = mapsOf(tensor.shape);
  const { cellWidth: width, cellHeight: height, gridColumns, gap } = block;
  scratch = atLeast(scratch, rows * width);
  resized = atLeast(resized, width * height);
  const last = scale.table.length - 1;
  for (let c = 0; c < block.count; c += 1) {
    resample(tensor.data, c * rows * columns, rows, columns, height, width, scratch, resized);
    const { factor, offset } = toEntry(scale, c);
    const left = (c % gridColumns) * (width + gap);
    const top = Math.floor(c / gridColumns) * (height + gap);
    for (let y = 0, i = 0; y < height; y += 1) {
      const line = (top + y) * block.width + left;
      for (let x = 0; x < width; x += 1, i += 1) {
        const entry = (resized[i] * factor + offset) | 0;
        pixels[line + x] = scale.table[entry < 0 ? 0 : entry > last ? last : entry];
      }
    }
  }
}

/**
 * Paints a vector into its strip.
 * @param {Uint32Array} pixels  width × height of the block
 * @param {Block} block  a strip
 * @param {Tensor} tensor  (n,)
 * @param {Diverging | Sequential} scale
 */
export function paintStrip(pixels, block, tensor, scale) {
  const width = Math.round(block.width);
  const height = Math.round(block.height);
  const last = scale.table.length - 1;
  const { factor, offset } = toEntry(scale, 0);
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(block.gridRows - 1, Math.floor(y / block.cellHeight));
    for (let x = 0; x < width; x += 1) {
      const column = Math.min(block.gridColumns - 1, Math.floor(x / block.cellWidth));
      const unit = row * block.gridColumns + column;
      if (unit >= block.count) continue;
      const entry = (tensor.data[unit] * factor + offset) | 0;
      pixels[y * width + x] = scale.table[entry < 0 ? 0 : entry > last ? last : entry];
    }
  }
}
