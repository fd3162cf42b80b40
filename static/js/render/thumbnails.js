import { css, divergingIndex } from '../core/colour.js';
import { mapsOf } from '../core/tensor.js';
import { drawGrid } from './grid.js';
import { inputPixel } from './tiles.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 * @import {Drawing} from './theme.js'
 */

/** A loupe's side, CSS px: four times a map of the overview. */
const LOUPE_PX = 168;

/**
 * A few values as small squares.
 * @param {ArrayLike<number>} values  rows × columns
 * @param {number} rows
 * @param {number} columns
 * @param {number} limit
 * @param {'activation' | 'weight'} palette
 * @param {number} [marked]  index of the value to outline, −1 for none
 * @param {{zero: number, span: number} | null} [grey]  the image's own scale, where it is the input
 * @returns {Drawing}
 */
export function thumbnail(values, rows, columns, limit, palette, marked = -1, grey = null) {
  const cell = Math.max(4, Math.floor(30 / Math.max(rows, columns)));
  return {
    width: columns * cell,
    height: rows * cell,
    draw(context, theme) {
      for (let i = 0; i < rows * columns; i += 1) {
        const pixel =
          palette === 'activation'
            ? inputPixel(theme, values[i], limit, grey)
            : theme.weight[divergingIndex(values[i], limit)];
        context.fillStyle = css(pixel);
        context.fillRect((i % columns) * cell, Math.floor(i / columns) * cell, cell, cell);
      }
      if (marked < 0) return;
      context.strokeStyle = theme.highlight;
      context.lineWidth = 2;
      const [x, y] = [(marked % columns) * cell, Math.floor(marked / columns) * cell];
      context.strokeRect(x + 1, y + 1, cell - 2, cell - 2);
    },
  };
}

/** A cell with its number, CSS px. */
const NUMBERED_PX = 38;

/**
 * A few values as squares with their numbers.
 * @param {ArrayLike<number>} values  rows × columns
 * @param {number} rows
 * @param {number} columns
 * @param {number} limit
 * @param {'activation' | 'weight'} palette
 * @param {number} [marked]  index of the value to outline, −1 for none
 * @returns {Drawing}
 */
export function numberTiles(values, rows, columns, limit, palette, marked = -1) {
  const cursor =
    marked < 0 ? null : { row: Math.floor(marked / columns), column: marked % columns };
  const model = { values, rows, columns, cell: NUMBERED_PX, palette, limit, cursor };
  return {
    width: columns * NUMBERED_PX,
    height: rows * NUMBERED_PX,
    draw: (context, theme) => drawGrid(context, { ...model, isNumbered: true }, theme),
  };
}

/**
 * One map, large, with the cell under the pointer outlined.
 * @param {Tensor} tensor  (C, H, W)
 * @param {{channel: number, row: number, column: number}} at
 * @param {number} limit
 * @param {{zero: number, span: number} | null} grey  the image's own scale
 * @returns {Drawing}
 */
export function loupe(tensor, { channel, row, column }, limit, grey) {
  const { rows, columns } = mapsOf(tensor.shape);
  const cell = Math.max(1, Math.floor(LOUPE_PX / Math.max(rows, columns)));
  const start = channel * rows * columns;
  return {
    width: columns * cell,
    height: rows * cell,
    draw(context, theme) {
      for (let r = 0, i = start; r < rows; r += 1) {
        for (let c = 0; c < columns; c += 1, i += 1) {
          context.fillStyle = css(inputPixel(theme, tensor.data[i], limit, grey));
          context.fillRect(c * cell, r * cell, cell, cell);
        }
      }
      context.strokeStyle = theme.highlight;
      context.lineWidth = 2;
      context.strokeRect(column * cell - 1, row * cell - 1, cell + 2, cell + 2);
    },
  };
}
