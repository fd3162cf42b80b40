import { KIND } from '../../core/stage/plane.js';
import { fixed } from '../../core/number.js';
import { css } from '../../core/colour.js';
import { inkOn, pixelOf } from './cells.js';

/**
 * @import {Shifted} from '../../core/compare/shift.js'
 * @import {Canvas} from './connections.js'
 */

/** From this size of a cell on the difference is a number, CSS px. */
const NUMBER_FROM_PX = 34;
/** Differences below this are rounding. */
const NOTHING = 1e-9;

/**
 * Lays over the output of a shifted input how far it is from the shifted output: "=" where it is the
 * same, the difference in its colour where it is not, nothing where there is nothing to compare, nor
 * on cells that have not been made yet.
 * @param {Canvas} canvas
 * @param {Shifted} shifted
 */
export function drawShift(canvas, { difference, largest }) {
  const { context, painted, theme } = canvas;
  const limit = largest > NOTHING ? largest : 1;
  const scale = { table: theme.gradient, low: -limit, high: limit };
  const [, height, width] = difference.shape;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { box, plane } of painted.planes.filter((one) => one.box.role === 'output')) {
    for (let at = 0; at < height * width; at += 1) {
      const value = difference.data[box.channel * height * width + at];
      const row = Math.floor(at / width) - box.first.row;
      const column = (at % width) - box.first.column;
      const isMade = plane.kinds[row * box.columns + column] !== KIND.empty;
      if (Number.isNaN(value) || !isMade) continue;
      const [x, y] = [box.x + column * box.cell, box.y + row * box.cell];
      drawDifference(context, x, y, box.cell, value, pixelOf(scale, value));
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} cell
 * @param {number} value
 * @param {number} pixel  packed
 */
function drawDifference(context, x, y, cell, value, pixel) {
  const isSame = Math.abs(value) < NOTHING;
  const band = cell < NUMBER_FROM_PX ? Math.ceil(cell / 2) : Math.round(cell * 0.29);
  const top = y + cell - 1 - band;
  if (cell < NUMBER_FROM_PX && isSame) return;
  context.fillStyle = css(pixel);
  context.fillRect(x, top, cell - 1, band);
  if (cell < NUMBER_FROM_PX) return;
  context.font = `500 ${Math.min(10, Math.round(cell * 0.22))}px Inter, system-ui, sans-serif`;
  context.fillStyle = css(inkOn(pixel));
  const difference = `Δ ${fixed(value, 2)}`;
  const isFitting = context.measureText(difference).width < cell;
  const text = isSame ? '=' : isFitting ? difference : 'Δ';
  context.fillText(text, x + cell / 2, top + band / 2 + 0.5);
}
