import { mapRect } from '../core/layers/layout.js';
import { areaTaps, widen } from '../core/drawing/resample.js';
import { mapsOf } from '../core/tensor.js';
import { toEntry } from './scale.js';

/**
 * @import {Block} from '../core/layers/layout.js'
 * @import {Tensor} from '../core/tensor.js'
 * @import {Scale} from './scale.js'
 *
 * One map, its values from an index on; a value times the factor plus the offset is its entry in the table.
 * @typedef {{data: Float32Array, offset: number, rows: number, columns: number}} FeatureMap
 * @typedef {{table: Uint32Array, factor: number, offset: number}} Entries
 */

/** @type {Float32Array} */
let scratch = new Float32Array(0);

/** @param {Float32Array} buffer @param {number} size */
const atLeast = (buffer, size) => (buffer.length >= size ? buffer : new Float32Array(size));

/**
 * Paints one map into a picture; a loop for each count of lines, for it would be asked about at every pixel.
 * @param {Uint32Array} pixels
 * @param {number} stride  pixels of one line of the picture
 * @param {{left: number, top: number, width: number, height: number}} rect  device pixels
 * @param {FeatureMap} map
 * @param {Entries} entries
 */
function paintResized(pixels, stride, { left, top, width, height }, map, entries) {
  const { table, factor, offset } = entries;
  const { starts, counts, weights, widest } = areaTaps(map.rows, height);
  const last = table.length - 1;
  scratch = atLeast(scratch, map.rows * width);
  const values = scratch;
  widen(map.data, map.offset, map.rows, map.columns, width, values);
  for (let y = 0; y < height; y += 1) {
    const count = counts[y];
    const tap = y * widest;
    const from = starts[y] * width;
    const line = (top + y) * stride + left;
    const [first, second] = [weights[tap] * factor, weights[tap + 1] * factor];
    if (count === 1) {
      for (let x = 0; x < width; x += 1) {
        const entry = (values[from + x] * first + offset) | 0;
        pixels[line + x] = table[entry < 0 ? 0 : entry > last ? last : entry];
      }
    } else if (count === 2) {
      for (let x = 0, i = from; x < width; x += 1, i += 1) {
        const entry = (values[i] * first + values[i + width] * second + offset) | 0;
        pixels[line + x] = table[entry < 0 ? 0 : entry > last ? last : entry];
      }
    } else {
      for (let x = 0, i = from; x < width; x += 1, i += 1) {
        let value = values[i] * first + values[i + width] * second + offset;
        for (let k = 2; k < count; k += 1)
          value += values[i + k * width] * weights[tap + k] * factor;
        const entry = value | 0;
        pixels[line + x] = table[entry < 0 ? 0 : entry > last ? last : entry];
      }
    }
  }
}

/**
 * Paints one line of cells that are whole pixels.
 * @param {Uint32Array} pixels
 * @param {number} line  index of its first pixel
 * @param {number} cellWidth
 * @param {FeatureMap} map
 * @param {number} row
 * @param {Entries} entries
 */
function paintCells(pixels, line, cellWidth, { data, offset: begin, columns }, row, entries) {
  const { table, factor, offset } = entries;
  const last = table.length - 1;
  const end = begin + (row + 1) * columns;
  for (let i = end - columns, x = line; i < end; i += 1) {
    const entry = (data[i] * factor + offset) | 0;
    const pixel = table[entry < 0 ? 0 : entry > last ? last : entry];
    for (const next = x + cellWidth; x < next; x += 1) pixels[x] = pixel;
  }
}

/**
 * Copies a line of a picture to those below it.
 * @param {Uint32Array} pixels
 * @param {number} stride
 * @param {number} line  index of its first pixel
 * @param {number} width  pixels
 * @param {number} lines  that are to be alike
 */
function repeatLine(pixels, stride, line, width, lines) {
  // Lines without anything between them are one piece.
  const most = width === stride ? lines : 1;
  for (let done = 1; done < lines;) {
    const now = Math.min(done, most, lines - done);
    pixels.copyWithin(line + done * stride, line, line + (now - 1) * stride + width);
    done += now;
  }
}

/**
 * Paints maps of one size that stand beside each other, with nothing else between them.
 * @param {Uint32Array} pixels
 * @param {number} stride  pixels of one line of the picture
 * @param {{left: number, top: number, width: number, height: number}} all  what they are within
 * @param {number} width  pixels of one
 * @param {readonly {left: number, map: FeatureMap, entries: Entries}[]} maps
 */
function paintBeside(pixels, stride, all, width, maps) {
  const { rows, columns } = maps[0].map;
  if (width % columns !== 0 || all.height % rows !== 0) {
    for (const { left, map, entries } of maps)
      paintResized(pixels, stride, { left, top: all.top, width, height: all.height }, map, entries);
    return;
  }
  const [cellWidth, cellHeight] = [width / columns, all.height / rows];
  for (let row = 0; row < rows; row += 1) {
    const line = (all.top + row * cellHeight) * stride;
    for (const { left, map, entries } of maps)
      paintCells(pixels, line + left, cellWidth, map, row, entries);
    repeatLine(pixels, stride, line + all.left, all.width, cellHeight);
  }
}

/** One channel of a tensor. @param {Tensor} tensor @param {number} channel @param {Scale} scale */
function channelOf({ data, shape }, channel, scale) {
  const { rows, columns } = mapsOf(shape);
  const map = { data, offset: channel * rows * columns, rows, columns };
  return { map, entries: { table: scale.table, ...toEntry(scale, channel) } };
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
  const { width, cellWidth, cellHeight: height, gridColumns } = block;
  for (let row = first; row < first + count; row += 1) {
    const begin = row * gridColumns;
    const size = Math.min(block.count - begin, gridColumns);
    if (size <= 0) break;
    const maps = Array.from({ length: size }, (_, i) => ({
      left: mapRect(block, begin + i).x,
      ...channelOf(tensor, begin + i, scale),
    }));
    const top = mapRect(block, begin).y - above;
    paintBeside(pixels, width, { left: 0, top, width, height }, cellWidth, maps);
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
  const map = { left: rect.left, ...channelOf(tensor, channel, scale) };
  paintBeside(pixels, stride, rect, rect.width, [map]);
}
