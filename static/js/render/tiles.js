import { DIVERGING_ZERO, css, divergingIndex, isLight } from '../core/colour.js';
import { factor, shortFactor } from '../core/rounding.js';

/**
 * @import {Drawing} from './theme.js'
 * @import {Theme} from './theme.js'
 */

/** Tiles, CSS px: beside a formula, in the label beside the pointer. */
const TILE = { width: 60, height: 40, gap: 4, font: 12, digit: 7 };
const SMALL_TILE = { width: 40, height: 30, gap: 2, font: 10, digit: 5.8 };

/**
 * Window × kernel as tiles: above the input's value in its colour, below the weight in its own.
 * @param {object} model
 * @param {ArrayLike<number>} model.window  rows × columns
 * @param {ArrayLike<number>} model.weight  rows × columns
 * @param {number} model.rows
 * @param {number} model.columns
 * @param {{zero: number, span: number} | null} model.grey  the image's own scale, where it is the input
 * @param {number} model.inputLimit
 * @param {number} model.weightLimit
 * @param {(row: number, column: number) => boolean} [model.isPadding]
 * @param {number | null} [model.lit]  the tile that is pointed at
 * @param {number} model.decimals  of the input's values; the weights have one more
 * @param {boolean} [model.isSmall]
 * @returns {Drawing & {gap: number}}
 */
export function productTiles({
  window,
  weight,
  rows,
  columns,
  grey,
  inputLimit,
  weightLimit,
  isPadding = () => false,
  lit = null,
  decimals,
  isSmall = false,
}) {
  const { height, gap, font, ...tile } = isSmall ? SMALL_TILE : TILE;
  const print = isSmall ? shortFactor : factor;
  const upperTexts = Array.from(window, (value) => print(value, decimals));
  const lowerTexts = Array.from(weight, (value) => `× ${print(value, decimals + 1)}`);
  const longest = Math.max(...[...upperTexts, ...lowerTexts].map((text) => text.length));
  const width = Math.max(tile.width, Math.ceil(longest * tile.digit + 8));
  return {
    gap,
    width: columns * (width + gap) - gap,
    height: rows * (height + gap) - gap,
    draw(context, theme) {
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.font = `${font}px Inter, sans-serif`;
      for (let i = 0; i < rows * columns; i += 1) {
        const [row, column] = [Math.floor(i / columns), i % columns];
        const [x, y] = [column * (width + gap), row * (height + gap)];
        const upper = inputPixel(theme, window[i], inputLimit, grey);
        const lower = theme.weight[divergingIndex(weight[i], weightLimit)];
        half(context, { x, y, width, height: height / 2 }, upper, upperTexts[i]);
        half(context, { x, y: y + height / 2, width, height: height / 2 }, lower, lowerTexts[i]);
        context.strokeStyle = theme.lineStrong;
        context.lineWidth = 1;
        if (isPadding(row, column)) context.setLineDash([3, 2]);
        context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
        context.setLineDash([]);
        if (i !== lit) continue;
        context.strokeStyle = theme.highlight;
        context.lineWidth = 3;
        context.strokeRect(x + 1.5, y + 1.5, width - 3, height - 3);
      }
    },
  };
}

/**
 * The tile under the pointer, or null beside them.
 * @param {{offsetX: number, offsetY: number}} event  on the picture
 * @param {Drawing & {gap: number}} picture  of the tiles
 * @param {number} rows
 * @param {number} columns
 */
export function tileAt({ offsetX, offsetY }, { width, height, gap }, rows, columns) {
  const row = Math.floor(offsetY / ((height + gap) / rows));
  const column = Math.floor(offsetX / ((width + gap) / columns));
  return row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : null;
}

/**
 * The colour of an input's value: grey for the image, diverging for an activation.
 * @param {Theme} theme
 * @param {number} value
 * @param {number} limit
 * @param {{zero: number, span: number} | null} grey
 */
export function inputPixel(theme, value, limit, grey) {
  if (!grey) return theme.activation[divergingIndex(value, limit)];
  const last = theme.input.length - 1;
  const share = (value - grey.zero) / grey.span;
  return theme.input[Math.max(0, Math.min(last, Math.round(share * last)))];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, width: number, height: number}} box
 * @param {number} pixel  packed
 * @param {string} text
 */
function half(context, { x, y, width, height }, pixel, text) {
  context.fillStyle = css(pixel);
  context.fillRect(x, y, width, height);
  context.fillStyle = isLight(pixel) ? 'black' : 'white';
  context.fillText(text, x + width / 2, y + height / 2 + 1);
}

/**
 * A square in the colour of one value.
 * @param {number} value
 * @param {number} limit
 * @param {'activation' | 'weight' | 'gradient'} palette
 * @param {number} [size]  CSS px
 * @returns {Drawing}
 */
export function swatch(value, limit, palette, size = 16) {
  return {
    width: size,
    height: size,
    draw(context, theme) {
      context.fillStyle = css(
        theme[palette][divergingIndex(value, limit)] ?? theme[palette][DIVERGING_ZERO],
      );
      context.fillRect(0, 0, size, size);
      context.strokeStyle = theme.lineStrong;
      context.strokeRect(0.5, 0.5, size - 1, size - 1);
    },
  };
}
