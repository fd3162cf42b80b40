import { divergingIndex } from '../core/colour.js';
import { mapsOf } from '../core/tensor.js';
import { css } from './tiles.js';

/**
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 * @typedef {import('../elements/drawn-picture.js').Picture} Picture
 * @typedef {import('./theme.js').Theme} Theme
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
 * @returns {Picture}
 */
export function thumbnail(values, rows, columns, limit, palette, marked = -1) {
  const cell = Math.max(4, Math.floor(30 / Math.max(rows, columns)));
  return {
    width: columns * cell,
    height: rows * cell,
    draw(context, theme) {
      for (let i = 0; i < rows * columns; i += 1) {
        context.fillStyle = css(theme[palette][divergingIndex(values[i], limit)]);
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

/**
 * One map, large, with the cell under the pointer outlined.
 * @param {Tensor} tensor  (C, H, W)
 * @param {{channel: number, row: number, column: number}} at
 * @param {number} limit
 * @param {boolean} isInput  grey between the tensor's own ends
 * @returns {Picture}
 */
export function loupe(tensor, { channel, row, column }, limit, isInput) {
  const { rows, columns } = mapsOf(tensor.shape);
  const cell = Math.max(1, Math.floor(LOUPE_PX / Math.max(rows, columns)));
  const start = channel * rows * columns;
  const span = isInput ? ends(tensor.data) : null;
  const pixelOf = (/** @type {number} */ value, /** @type {Theme} */ theme) =>
    span
      ? theme.input[Math.round((255 * (value - span.low)) / (span.high - span.low || 1))]
      : theme.activation[divergingIndex(value, limit)];
  return {
    width: columns * cell,
    height: rows * cell,
    draw(context, theme) {
      for (let r = 0, i = start; r < rows; r += 1) {
        for (let c = 0; c < columns; c += 1, i += 1) {
          context.fillStyle = css(pixelOf(tensor.data[i], theme));
          context.fillRect(c * cell, r * cell, cell, cell);
        }
      }
      context.strokeStyle = theme.highlight;
      context.lineWidth = 2;
      context.strokeRect(column * cell - 1, row * cell - 1, cell + 2, cell + 2);
    },
  };
}

/** @param {Float32Array} data */
function ends(data) {
  return data.reduce(
    ({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }),
    { low: Infinity, high: -Infinity },
  );
}
