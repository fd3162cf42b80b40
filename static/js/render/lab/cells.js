import { isLight } from '../../core/colour.js';
import { KIND } from '../../core/stage/plane.js';
import { fixed } from '../../core/number.js';
import { fittingNumbers, glyphsOf, writeText } from './glyphs.js';
import { areaOf, outlineValues } from './edges.js';
import { fillArea, hatchArea, mixPixels } from './pixels.js';

/**
 * @import {Box} from '../../core/stage/board.js'
 * @import {Plane} from '../../core/stage/plane.js'
 * @import {Look} from './palette.js'
 * @import {Area, Pixels} from './pixels.js'
 *
 * The colours of one plane: a table from the value `low` to the value `high`.
 * @typedef {{table: Uint32Array, low: number, high: number}} Scale
 * @typedef {{size: number, decimals: number} | null} Numbers  null: none fit
 */

/** Lines stand between cells from this size on, CSS px. */
const LINES_FROM_PX = 7;
const BLACK = 0xff000000;
const WHITE = 0xffffffff;

/** The packed pixel of a value. @param {Scale} scale @param {number} value */
export function pixelOf({ table, low, high }, value) {
  const last = table.length - 1;
  const share = high > low ? (value - low) / (high - low) : 0.5;
  const entry = Math.round((Number.isNaN(share) ? 0 : share) * last);
  return table[Math.max(0, Math.min(last, entry))];
}

/** Black or white, whatever reads better on a pixel. @param {number} pixel */
export function inkOn(pixel) {
  return isLight(pixel) ? BLACK : WHITE;
}

/**
 * How the numbers of a plane fit into its cells.
 * @param {Plane} plane
 * @param {number} cell  CSS px
 * @param {number} scale  device px a CSS px
 * @returns {Numbers}
 */
export function numbersOf({ values, kinds }, cell, scale) {
  const shown = [];
  for (let i = 0; i < values.length; i += 1) {
    const isShown = kinds[i] <= KIND.borrowed || kinds[i] === KIND.empty;
    if (isShown && Number.isFinite(values[i])) shown.push(values[i]);
  }
  return fittingNumbers(shown, cell, scale);
}

/**
 * Paints one plane: its cells, the numbers that fit, the lines between, the edge of its values.
 * @param {Pixels} pixels  written
 * @param {object} what
 * @param {Box} what.box
 * @param {Plane} what.plane
 * @param {Scale} what.colours
 * @param {Numbers} what.numbers
 * @param {number} what.scale  device px a CSS px
 * @param {Look} what.look
 * @param {Plane | null} what.stands  a plane like it that is painted there: only its other cells are
 */
export function paintPlane(pixels, { box, plane, colours, numbers, scale, look, stands }) {
  const { cell } = box;
  const font = numbers && glyphsOf(Math.round(numbers.size * scale));
  const hasLines = cell >= LINES_FROM_PX;
  for (const i of cellsInView(pixels, box, cell, scale)) {
    const isThere =
      stands &&
      (stands.values === plane.values || Object.is(stands.values[i], plane.values[i])) &&
      !stands.hatched?.[i] === !plane.hatched?.[i];
    if (isThere) continue;
    const area = areaOf(box, cell, scale, Math.floor(i / box.columns), i % box.columns);
    const kind = plane.kinds[i];
    const isHatched = Boolean(plane.hatched?.[i]);
    const pixel = groundOf(kind, pixelOf(colours, plane.values[i]), look, isHatched);
    fillArea(pixels, area, pixel);
    if (isHatched && kind !== KIND.beyond)
      hatchArea(pixels, area, mixPixels(pixel, look.hatch, 0.75), scale);
    if (hasLines) outlineCell(pixels, area, look.line);
    const text = font && textOf(kind, plane.values[i], numbers.decimals, look.isMaximum);
    if (!text) continue;
    const [x, y] = [(area.left + area.right) / 2, (area.top + area.bottom) / 2];
    const isFaint = kind !== KIND.value || isHatched;
    writeText(pixels, font, text, x, y, inkOn(pixel), isFaint ? 0.6 : 1);
  }
  outlineValues(pixels, box, plane, cell, scale, look);
}

/**
 * The cells of a plane that lie on the picture.
 * @param {Pixels} pixels
 * @param {Box} box
 * @param {number} cell
 * @param {number} scale
 */
function* cellsInView({ width, height }, { x, y, rows, columns }, cell, scale) {
  const first = (/** @type {number} */ at) => Math.max(0, Math.floor(-at / cell));
  const end = (/** @type {number} */ at, /** @type {number} */ px, /** @type {number} */ count) =>
    Math.min(count, Math.ceil((px / scale - at) / cell));
  const [left, right] = [first(x), end(x, width, columns)];
  for (let row = first(y); row < end(y, height, rows); row += 1) {
    for (let column = left; column < right; column += 1) yield row * columns + column;
  }
}

/**
 * The colour behind a cell's number.
 * @param {number} kind
 * @param {number} pixel  of its value
 * @param {Look} look
 * @param {boolean} isHatched
 */
export function groundOf(kind, pixel, look, isHatched) {
  switch (kind) {
    case KIND.value:
      return isHatched ? mixPixels(pixel, look.paper, 0.45) : pixel;
    case KIND.borrowed:
      return mixPixels(pixel, look.sunk, 0.55);
    case KIND.zero:
    case KIND.uncounted:
      return look.sunk;
    case KIND.empty:
      return look.zero;
    default:
      return look.paper;
  }
}

/**
 * What stands in a cell.
 * @param {number} kind
 * @param {number} value
 * @param {number} decimals
 * @param {boolean} isMaximum  whether padding is −∞ rather than not counted
 */
export function textOf(kind, value, decimals, isMaximum) {
  if (kind <= KIND.borrowed) return kind === KIND.zero ? '0' : fixed(value, decimals);
  if (kind === KIND.uncounted) return isMaximum ? '−∞' : '·';
  return '';
}

/**
 * A line along a cell's right and lower edge.
 * @param {Pixels} pixels
 * @param {Area} area
 * @param {number} line  packed
 */
function outlineCell(pixels, { left, top, right, bottom }, line) {
  fillArea(pixels, { left: right - 1, top, right, bottom }, line);
  fillArea(pixels, { left, top: bottom - 1, right, bottom }, line);
}
