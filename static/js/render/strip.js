import { toEntry } from './scale.js';

/**
 * @import {Block} from '../core/layers/layout.js'
 * @import {Tensor} from '../core/tensor.js'
 * @import {Scale} from './scale.js'
 */

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
