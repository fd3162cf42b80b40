import { DIVERGING_ZERO } from '../core/colour.js';
import { mapRect } from '../core/layers/layout.js';
import { resample } from '../core/drawing/resample.js';
import { mapsOf } from '../core/tensor.js';

/**
 * @import {Block} from '../core/layers/layout.js'
 * @import {Tensor} from '../core/tensor.js'
 *
 * How values become pixels: a diverging table with one limit a map, or a sequential one from 0 to 1
 * (its values shifted by a map's `zeros` and divided by its `spans` first).
 * @typedef {{table: Uint32Array, limits: Float32Array}} Diverging
 * @typedef {{table: Uint32Array, zeros: readonly number[], spans: readonly number[]}} Sequential
 * @typedef {Diverging | Sequential} Scale
 */

/** @type {Float32Array} */
let scratch = new Float32Array(0);
/** @type {Float32Array} */
let resized = new Float32Array(0);

/** @param {Float32Array} buffer @param {number} size */
const atLeast = (buffer, size) => (buffer.length >= size ? buffer : new Float32Array(size));

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
function toEntry(scale, channel) {
  if ('spans' in scale) {
    const factor = (scale.table.length - 1) / scale.spans[channel];
    return { factor, offset: 0.5 - scale.zeros[channel] * factor };
  }
  const limit = scale.limits[channel] ?? 0;
  return { factor: limit > 0 ? DIVERGING_ZERO / limit : 0, offset: DIVERGING_ZERO + 0.5 };
}

/**
 * Paints one map into a picture.
 * @param {Uint32Array} pixels
 * @param {number} stride  pixels of one line of the picture
 * @param {{left: number, top: number, width: number, height: number}} rect  device pixels
 * @param {{data: Float32Array, offset: number, rows: number, columns: number}} map
 * @param {{table: Uint32Array, factor: number, offset: number}} entries
 */
function paintMap(pixels, stride, rect, map, entries) {
  if (rect.width % map.columns === 0 && rect.height % map.rows === 0) {
    paintWhole(pixels, stride, rect, map, entries);
    return;
  }
  const { left, top, width, height } = rect;
  const { table, factor, offset } = entries;
  scratch = atLeast(scratch, map.rows * width);
  resized = atLeast(resized, width * height);
  const values = resized;
  resample(map.data, map.offset, map.rows, map.columns, height, width, scratch, values);
  const last = table.length - 1;
  for (let y = 0, i = 0; y < height; y += 1) {
    const line = (top + y) * stride + left;
    for (let x = 0; x < width; x += 1, i += 1) {
      const entry = (values[i] * factor + offset) | 0;
      pixels[line + x] = table[entry < 0 ? 0 : entry > last ? last : entry];
    }
  }
}

/** Paints a map whose cells are whole pixels: one line a row of cells, then copies of it. @type {typeof paintMap} */
function paintWhole(pixels, stride, { left, top, width, height }, map, entries) {
  const { data, rows, columns } = map;
  const { table, factor, offset } = entries;
  const [cellWidth, cellHeight] = [width / columns, height / rows];
  const last = table.length - 1;
  for (let row = 0, i = map.offset; row < rows; row += 1) {
    const line = (top + row * cellHeight) * stride + left;
    for (let column = 0, x = line; column < columns; column += 1, i += 1) {
      const entry = (data[i] * factor + offset) | 0;
      const pixel = table[entry < 0 ? 0 : entry > last ? last : entry];
      for (const end = x + cellWidth; x < end; x += 1) pixels[x] = pixel;
    }
    for (let y = 1; y < cellHeight; y += 1)
      pixels.copyWithin(line + y * stride, line, line + width);
  }
}

/**
 * Paints the maps of a layer into one picture, or some rows of them.
 * @param {Uint32Array} pixels  width × height of the picture
 * @param {Block} block  a grid of maps
 * @param {Tensor} tensor  (C, H, W)
 * @param {Scale} scale
 * @param {{first: number, count: number}} [rows]  which are painted, the first at the top
 */
export function paintMaps(pixels, block, tensor, scale, rows) {
  const { first, count } = rows ?? { first: 0, count: block.gridRows };
  const above = first * (block.cellHeight + block.gap);
  const end = Math.min(block.count, (first + count) * block.gridColumns);
  for (let c = first * block.gridColumns; c < end; c += 1) {
    const { x: left, y: top, width, height } = mapRect(block, c);
    const rect = { left, top: top - above, width, height };
    paintChannel(pixels, block.width, rect, tensor, c, scale);
  }
}

/**
 * Paints one channel of a tensor into a rectangle of a picture.
 * @param {Uint32Array} pixels
 * @param {number} stride  pixels of one line of the picture
 * @param {{left: number, top: number, width: number, height: number}} rect  device pixels
 * @param {Tensor} tensor  (C, H, W)
 * @param {number} channel
 * @param {Scale} scale
 */
export function paintChannel(pixels, stride, rect, tensor, channel, scale) {
  const { rows, columns } = mapsOf(tensor.shape);
  const map = { data: tensor.data, offset: channel * rows * columns, rows, columns };
  paintMap(pixels, stride, rect, map, { table: scale.table, ...toEntry(scale, channel) });
}

/**
 * Paints a vector into its strip.
 * @param {Uint32Array} pixels  width × height of the block
 * @param {Block} block  a strip
 * @param {Tensor} tensor  (n,)
 * @param {Scale} scale
 */
export function paintStrip(pixels, block, tensor, scale) {
  const width = Math.round(block.width);
  const height = Math.round(block.height);
  const last = scale.table.length - 1;
  const { factor, offset } = toEntry(scale, 0);
  let painted = -1;
  for (let y = 0; y < height; y += 1) {
    const row = Math.min(block.gridRows - 1, Math.floor(y / block.cellHeight));
    const line = y * width;
    if (row === painted) {
      pixels.copyWithin(line, line - width, line);
      continue;
    }
    painted = row;
    for (let x = 0; x < width; x += 1) {
      const column = Math.min(block.gridColumns - 1, Math.floor(x / block.cellWidth));
      const unit = row * block.gridColumns + column;
      if (unit >= block.count) {
        pixels[line + x] = 0;
        continue;
      }
      const entry = (tensor.data[unit] * factor + offset) | 0;
      pixels[line + x] = scale.table[entry < 0 ? 0 : entry > last ? last : entry];
    }
  }
}
