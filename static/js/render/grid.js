import { css, isLight } from '../core/colour.js';
import { fixed } from '../core/number.js';
import { decimalsApart, shortFigure } from '../core/rounding.js';

/** @import {Theme} from './theme.js' */

/**
 * A grid of numbers as coloured cells.
 * @typedef {object} GridModel
 * @property {ArrayLike<number>} values  rows × columns, row-major; NaN leaves a cell empty
 * @property {number} rows
 * @property {number} columns
 * @property {number} cell  size of a cell, CSS px
 * @property {'activation' | 'weight' | 'gradient' | 'input'} palette
 * @property {number} limit  diverging: −limit … +limit; input: values are scaled from `zero`, `span`
 * @property {number} [zero]  input palette: the value of its first entry
 * @property {number} [span]  input palette: from its first entry to its last
 * @property {Uint32Array} [table]  packed pixels in place of the palette's
 * @property {number} [decimals]  of the numbers in the cells; else two, or as many as fit
 * @property {boolean} [isNumbered]  whether numbers may stand in the cells, where they fit
 * @property {boolean} [isApart]  whether they have up to four decimals where fewer make them alike
 * @property {{row: number, column: number} | null} [cursor]  the cell that is explained
 * @property {readonly Mark[]} [marks]
 *
 * Cells to outline: the window, the winner.
 * @typedef {{row: number, column: number, rows: number, columns: number, isFaint?: boolean,
 *   opacity?: number}} Mark
 */

/** Numbers stand in cells from this size on, CSS px. */
const NUMBER_FROM_PX = 24;
/** Lines part cells from this size on, CSS px. */
const LINED_FROM_PX = 8;

/** The packed pixel of a value. @param {GridModel} model @param {number} value @param {Theme} theme */
function pixelOf(model, value, theme) {
  const table = model.table ?? theme[model.palette];
  const last = table.length - 1;
  const share =
    model.palette === 'input'
      ? (value - (model.zero ?? 0)) / (model.span ?? 1)
      : 0.5 + (model.limit > 0 ? value / model.limit / 2 : 0);
  return table[Math.max(0, Math.min(last, Math.round(share * last)))];
}

/** Space left of and right of a number, CSS px. */
const BESIDE_PX = 3;
/** A font that is still read with ease, CSS px. */
const SMALLER_PX = 11.5;
/** Rounded numbers tell something where the largest keeps two digits. */
const LEAST_TOLD = 10;

/** A number below 1 with two decimals, without the zero before its point. @param {number} value */
const pointFirst = (value) => fixed(value, 2).replace('0.', '.');

/**
 * Sets the font, and returns what writes a number so that every one keeps clear of its cell's edges: with two
 * decimals, or more that tell them apart, in a smaller font where that is enough, else without a zero before
 * the point, else with fewer. Null where those would tell nothing of the values.
 * @param {CanvasRenderingContext2D} context
 * @param {GridModel} model
 * @returns {((value: number) => string) | null}
 */
function writerOf(context, { values, cell, decimals, isApart }) {
  const size = Math.min(13, Math.max(9, cell * 0.28));
  const write = (/** @type {number} */ px) => (context.font = `${px}px Inter, sans-serif`);
  const writer = (/** @type {number} */ places) => (/** @type {number} */ value) =>
    isApart ? shortFigure(value, places) : fixed(value, places);
  write(size);
  if (decimals !== undefined) return writer(decimals);
  const known = Array.from(values).filter(Number.isFinite);
  const ends = [Math.min(...known), Math.max(...known)];
  const doesFit = (/** @type {(value: number) => string} */ print) =>
    ends.every((end) => context.measureText(print(end)).width <= cell - 2 * BESIDE_PX);
  const plain = (/** @type {number} */ places) => (/** @type {number} */ end) => fixed(end, places);
  for (let places = isApart ? decimalsApart(known, 2, 4) : 2; places >= 2; places -= 1) {
    write(size);
    if (doesFit(plain(places))) return writer(places);
    write(Math.min(size, SMALLER_PX));
    if (doesFit(plain(places))) return writer(places);
  }
  write(size);
  const most = Math.max(...known.map(Math.abs));
  if (most < 1 && doesFit(pointFirst)) return pointFirst;
  const places = doesFit(plain(1)) ? 1 : 0;
  const isExact = known.every((value) => Number(value.toFixed(places)) === value);
  return isExact || most * 10 ** places >= LEAST_TOLD ? writer(places) : null;
}

/**
 * Draws the cells, their numbers where they fit, and the marks.
 * @param {CanvasRenderingContext2D} context  in CSS px
 * @param {GridModel} model
 * @param {Theme} theme
 */
export function drawGrid(context, model, theme) {
  const { rows, columns, cell, values } = model;
  context.clearRect(0, 0, columns * cell, rows * cell);
  const hasNumbers = Boolean(model.isNumbered) && cell >= NUMBER_FROM_PX;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const print = hasNumbers ? writerOf(context, model) : null;
  for (let r = 0, i = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1, i += 1) {
      const value = values[i];
      if (Number.isNaN(value)) continue;
      const pixel = pixelOf(model, value, theme);
      context.fillStyle = css(pixel);
      context.fillRect(c * cell, r * cell, cell, cell);
      if (!print) continue;
      context.fillStyle = isLight(pixel) ? 'black' : 'white';
      context.fillText(print(value), (c + 0.5) * cell, (r + 0.54) * cell, cell - 2);
    }
  }
  if (cell >= LINED_FROM_PX) drawLines(context, model, theme);
  context.strokeStyle = theme.lineStrong;
  context.lineWidth = 1;
  context.strokeRect(0.5, 0.5, columns * cell - 1, rows * cell - 1);
  for (const mark of model.marks ?? []) drawMark(context, mark, model, theme);
  if (model.cursor) {
    drawMark(context, { ...model.cursor, rows: 1, columns: 1 }, model, theme);
  }
}

/** @param {CanvasRenderingContext2D} context @param {GridModel} model @param {Theme} theme */
function drawLines(context, { rows, columns, cell }, theme) {
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.globalAlpha = 0.8;
  context.beginPath();
  for (let r = 1; r < rows; r += 1) {
    context.moveTo(0, r * cell);
    context.lineTo(columns * cell, r * cell);
  }
  for (let c = 1; c < columns; c += 1) {
    context.moveTo(c * cell, 0);
    context.lineTo(c * cell, rows * cell);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** What is outlined in less than this is ringed by so much, CSS px. */
const RING_PX = 13;

/**
 * From where to where an outline goes along one side, within the grid: around what would hide below it, a ring.
 * @param {number} start  cells
 * @param {number} count  cells
 * @param {number} cell  CSS px
 * @param {number} all  cells of the grid
 */
function outlineOf(start, count, cell, all) {
  const from = Math.max(0, start * cell);
  const to = Math.min(all * cell, (start + count) * cell);
  const beside = Math.max(0, RING_PX - (to - from)) / 2;
  const isHidden = cell < LINED_FROM_PX && beside > 0;
  if (!isHidden) return [from, to];
  return [Math.max(0, from - beside), Math.min(all * cell, to + beside)];
}

/** @param {CanvasRenderingContext2D} context @param {Mark} mark @param {GridModel} model @param {Theme} theme */
function drawMark(context, mark, { cell, rows, columns }, theme) {
  const width = mark.isFaint ? 1 : 2;
  const [left, right] = outlineOf(mark.column, mark.columns, cell, columns);
  const [top, bottom] = outlineOf(mark.row, mark.rows, cell, rows);
  context.strokeStyle = theme.highlight;
  context.lineWidth = width;
  context.globalAlpha = mark.opacity ?? (mark.isFaint ? 0.5 : 1);
  context.strokeRect(left + width / 2, top + width / 2, right - left - width, bottom - top - width);
  context.globalAlpha = 1;
}
