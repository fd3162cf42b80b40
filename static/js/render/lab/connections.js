import { KIND } from '../../core/stage/plane.js';
import { fixed, significant } from '../../core/number.js';
import { css } from '../../core/colour.js';
import { inkOn, pixelOf } from './cells.js';
import { fittingNumbers } from './glyphs.js';
import { mixPixels } from './pixels.js';

/**
 * @import {Board, Role} from '../../core/stage/board.js'
 * @import {Theme} from '../theme.js'
 * @import {Painted, PaintedBoard} from './board.js'
 * @typedef {{row: number, column: number}} At
 *
 * What the highlights are drawn from. `factorRole` says from which palette a factor takes its colour.
 * @typedef {{
 *   context: CanvasRenderingContext2D,
 *   board: Board,
 *   painted: PaintedBoard,
 *   theme: Theme,
 * }} Canvas
 */

/** From this size of a cell on its lower part says what the cell is multiplied by, CSS px. */
const FACTOR_FROM_PX = 34;
/** From this size on a cell is framed in the colour of its factor, CSS px. */
const FRAME_FROM_PX = 4;

/**
 * Draws a cell as what it is times its factor: the value above, the factor in its colour below.
 * @param {Canvas} canvas
 * @param {Painted} painted
 * @param {At} at
 * @param {number | null} factor
 * @param {Role} factorRole
 */
export function drawFactor(
  { context, painted, theme },
  { box, plane, numbers },
  at,
  factor,
  factorRole,
) {
  const { cell } = box;
  const [x, y] = [
    box.x + (at.column - box.first.column) * cell,
    box.y + (at.row - box.first.row) * cell,
  ];
  const index = (at.row - box.first.row) * box.columns + (at.column - box.first.column);
  if (factor === null || cell < FRAME_FROM_PX) return;
  const factorPixel = pixelOf(painted.scales[factorRole], factor);
  if (cell < FACTOR_FROM_PX || !numbers) {
    context.fillStyle = css(factorPixel);
    // Below a number there is room for a band; a cell without one is framed.
    const width = Math.max(2, Math.round(cell * 0.18));
    if (numbers) context.fillRect(x, y + cell - 1 - width, cell - 1, width);
    else {
      context.strokeStyle = css(factorPixel);
      context.lineWidth = width;
      context.strokeRect(x + width / 2, y + width / 2, cell - 1 - width, cell - 1 - width);
    }
    return;
  }
  const pixel = groundPixel(painted.scales[box.role], plane, index, theme);
  const band = Math.round(cell * 0.4);
  context.fillStyle = css(pixel);
  context.fillRect(x, y, cell - 1, cell - 1 - band);
  context.fillStyle = css(factorPixel);
  context.fillRect(x, y + cell - 1 - band, cell - 1, band);
  const size = Math.min(12, Math.round(cell * 0.26));
  context.font = `500 ${size}px Inter, system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = css(inkOn(pixel));
  const value = valueText(plane, index, numbers.decimals);
  context.fillText(value, x + cell / 2, y + (cell - band) / 2);
  context.fillStyle = css(inkOn(factorPixel));
  context.fillText(`×${shortText(factor)}`, x + cell / 2, y + cell - band / 2 - 0.5);
}

/**
 * @param {import('./cells.js').Scale} scale
 * @param {Painted['plane']} plane
 * @param {number} index
 * @param {Theme} theme
 */
function groundPixel(scale, { values, kinds }, index, theme) {
  const pixel = pixelOf(scale, values[index]);
  if (kinds[index] === KIND.value) return pixel;
  const zero = theme.activation[127];
  return kinds[index] === KIND.borrowed ? mixPixels(pixel, zero, 0.5) : zero;
}

/** @param {Painted['plane']} plane @param {number} index @param {number} decimals */
function valueText({ values, kinds }, index, decimals) {
  if (kinds[index] === KIND.zero) return '0';
  return kinds[index] <= KIND.borrowed ? fixed(values[index], decimals) : '';
}

/** A factor in few signs: a whole number as it is. @param {number} factor */
export function shortText(factor) {
  return Number.isInteger(factor) && Math.abs(factor) < 1000
    ? fixed(factor, 0)
    : significant(factor, 2);
}

/**
 * Writes the value of an output cell that has not been made yet, for it is being explained.
 * @param {Canvas} canvas
 * @param {Painted} painted
 * @param {At} at
 * @param {import('../../core/experiment/experiment.js').Values} output
 */
export function revealCell({ context, painted }, { box, plane, numbers }, at, output) {
  const { cell } = box;
  const [row, column] = [at.row - box.first.row, at.column - box.first.column];
  if (plane.kinds[row * box.columns + column] !== KIND.empty) return;
  const [, height, width] = output.shape;
  const value = output.data[(box.channel * height + at.row) * width + at.column];
  const pixel = pixelOf(painted.scales.output, value);
  const [x, y] = [box.x + column * cell, box.y + row * cell];
  context.fillStyle = css(pixel);
  context.fillRect(x, y, cell - 1, cell - 1);
  // Where not all of the plane's numbers fit, this one may; what does not fit is not written.
  const written = numbers ?? fittingNumbers([value], cell, devicePixelRatio);
  if (!written) return;
  const { size, decimals } = written;
  context.font = `400 ${size}px Inter, system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = css(inkOn(pixel));
  context.fillText(fixed(value, decimals), x + cell / 2, y + cell / 2);
}
