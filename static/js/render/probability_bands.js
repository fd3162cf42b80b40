import { percent } from '../core/number.js';
import {
  bandColumns,
  bestAt,
  columnAt,
  probabilitiesAt,
} from '../core/training/probability_bands.js';

/** @import {Theme} from './theme.js' */

/** CSS px: a band with the space above it, that space, the room of the names, of the numbers and of the marks. */
export const BAND = { row: 19, gap: 3, left: 16, right: 54, bottom: 18 };

/**
 * How probable each class was at every moment, the present moment and the one pointed at marked.
 * @typedef {{probabilities: import('../core/tensor.js').Tensor, bands: readonly number[],
 *   names: readonly string[], marks: readonly {index: number, text: string}[], at: number,
 *   pointed: number | null, left?: number}} BandsModel  names: of the bands; left: room of the names, CSS px
 */

/**
 * @param {CanvasRenderingContext2D} context  in CSS px
 * @param {BandsModel} model
 * @param {number} width  CSS px
 * @param {Theme} theme
 */
export function drawBands(context, model, width, theme) {
  const { probabilities, bands, names, marks, at, pointed, left = BAND.left } = model;
  const [moments] = probabilities.shape;
  const room = { width: width - left - BAND.right, row: BAND.row, gap: BAND.gap };
  const height = bands.length * BAND.row;
  context.save();
  context.translate(left, 0);
  context.fillStyle = theme.sunk;
  bands.forEach((_, band) => {
    context.fillRect(0, band * BAND.row + BAND.gap, room.width, BAND.row - BAND.gap);
  });
  for (const index of new Set([at, pointed ?? at])) {
    const { x, width: wide } = columnAt(index, moments, room.width);
    context.fillStyle = index === at ? theme.highlightWash : theme.line;
    context.fillRect(x, 0, wide, height);
  }
  for (const { x, y, width: wide, height: high, isBest } of bandColumns(
    probabilities,
    bands,
    room,
  )) {
    context.fillStyle = isBest ? theme.highlight : theme.ink2;
    context.fillRect(x, y, wide, high);
  }
  const shown = columnAt(at, moments, room.width);
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  context.strokeRect(shown.x + 0.5, 0.5, Math.max(1, shown.width - 1), height - 0.5);
  context.restore();
  writeNames(context, names, left, theme);
  const values = probabilitiesAt(probabilities, pointed ?? at);
  const best = bestAt(probabilities, pointed ?? at);
  writeNumbers(
    context,
    bands.map((index) => ({ value: values[index], isBest: index === best })),
    width,
    theme,
  );
  writeMarks(context, marks, { moments, left, width: room.width, height }, theme);
}

/** @param {CanvasRenderingContext2D} context @param {readonly string[]} names @param {number} left @param {Theme} theme */
function writeNames(context, names, left, theme) {
  context.font = '12px Inter, sans-serif';
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillStyle = theme.ink;
  names.forEach((name, band) => {
    context.fillText(name, 0, (band + 1) * BAND.row - 3, left - 4);
  });
}

/**
 * The probabilities at one moment, each at the end of its band.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly {value: number, isBest: boolean}[]} values
 * @param {number} width  CSS px
 * @param {Theme} theme
 */
function writeNumbers(context, values, width, theme) {
  context.textAlign = 'right';
  values.forEach(({ value, isBest }, band) => {
    context.font = `${isBest ? '650 ' : ''}12px Inter, sans-serif`;
    context.fillStyle = isBest ? theme.ink : theme.ink2;
    context.fillText(Number.isNaN(value) ? '–' : percent(value), width, (band + 1) * BAND.row - 3);
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {BandsModel['marks']} marks
 * @param {{moments: number, left: number, width: number, height: number}} room  CSS px
 * @param {Theme} theme
 */
function writeMarks(context, marks, { moments, left, width, height }, theme) {
  context.font = '11px Inter, sans-serif';
  context.textBaseline = 'top';
  context.fillStyle = theme.ink2;
  for (const { index, text } of marks) {
    const x = left + columnAt(index, moments, width).x;
    context.fillRect(x, height, 1, 4);
    const isCut = x + context.measureText(text).width > left + width;
    context.textAlign = isCut ? 'right' : 'left';
    context.fillText(text, isCut ? left + width : x + 2, height + 5);
  }
}
