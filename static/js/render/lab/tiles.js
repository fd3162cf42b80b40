import { rangesOf } from '../../core/stage/picture.js';
import { fixed } from '../../core/number.js';
import { css } from '../../core/colour.js';
import { inkOn, pixelOf } from './cells.js';
import { shortText } from './connections.js';
import { scalesOf } from './palette.js';

/**
 * @import {Block, Equation} from '../../core/stage/equation.js'
 * @import {PlanesModel} from '../../core/stage/planes.js'
 * @import {Drawing} from '../theme.js'
 */

/** Tiles that hold numbers, and those that are only colours, CSS px. */
const LARGE = { width: 46, height: 38, gap: 3 };
const SMALL = { width: 13, height: 16, gap: 1 };
/** More tiles than this hold no numbers. */
const MOST_NUMBERED = 30;
/** More tiles than this are not drawn. */
export const MOST_TILES = 256;

/**
 * The products of one block as tiles: the pixel in its colour above, what it is multiplied by below.
 * @param {PlanesModel} model
 * @param {Equation} equation
 * @param {Block} block
 * @returns {Drawing}
 */
export function blockTiles(model, { leftRole, rightRole }, block) {
  const { rows, columns, left, right, isPadding, mark } = block;
  const isNumbered = rows * columns <= MOST_NUMBERED && columns <= 7;
  const { width, gap, ...tile } = isNumbered ? LARGE : SMALL;
  const height = right ? tile.height : Math.round(tile.height * 0.62);
  return {
    width: columns * (width + gap) - gap,
    height: rows * (height + gap) - gap,
    draw(context, theme) {
      const scales = scalesOf(rangesOf(model), theme);
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.font = '500 11px Inter, system-ui, sans-serif';
      for (let i = 0; i < rows * columns; i += 1) {
        const [x, y] = [(i % columns) * (width + gap), Math.floor(i / columns) * (height + gap)];
        const upper = right ? height / 2 : height;
        const box = { x, y, width, height: upper };
        const text = isNumbered ? decimals(left[i]) : '';
        half(context, box, pixelOf(scales[leftRole], left[i]), text);
        if (right) {
          const factor = isNumbered ? `× ${shortText(right[i])}` : '';
          const below = { ...box, y: y + upper };
          half(context, below, pixelOf(scales[rightRole], right[i]), factor);
        }
        frame(context, { x, y, width, height }, theme, isPadding[i], i === mark);
      }
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, width: number, height: number}} box
 * @param {number} pixel
 * @param {string} text
 */
function half(context, { x, y, width, height }, pixel, text) {
  context.fillStyle = css(pixel);
  context.fillRect(x, y, width, height);
  if (!text) return;
  context.fillStyle = css(inkOn(pixel));
  context.fillText(text, x + width / 2, y + height / 2 + 0.5);
}

/**
 * A hairline around a tile: dashed around padding, strong around the winner.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, width: number, height: number}} box
 * @param {import('../theme.js').Theme} theme
 * @param {boolean} isPadding
 * @param {boolean} isWinner
 */
function frame(context, { x, y, width, height }, theme, isPadding, isWinner) {
  context.strokeStyle = isWinner ? theme.highlight : theme.lineStrong;
  context.lineWidth = isWinner ? 3 : 1;
  if (isPadding) context.setLineDash([3, 2]);
  const inset = isWinner ? 1.5 : 0.5;
  context.strokeRect(x + inset, y + inset, width - 2 * inset, height - 2 * inset);
  context.setLineDash([]);
}

/** A value in up to two decimals. @param {number} value */
function decimals(value) {
  return Number.isInteger(value) ? fixed(value, 0) : fixed(value, 2);
}

/**
 * A square in the colour of one number.
 * @param {PlanesModel} model
 * @param {import('../../core/stage/board.js').Role} role
 * @param {number} value
 * @returns {Drawing}
 */
export function swatchOf(model, role, value) {
  return {
    width: 16,
    height: 16,
    draw(context, theme) {
      context.fillStyle = css(pixelOf(scalesOf(rangesOf(model), theme)[role], value));
      context.fillRect(0, 0, 16, 16);
      context.strokeStyle = theme.lineStrong;
      context.strokeRect(0.5, 0.5, 15, 15);
    },
  };
}
