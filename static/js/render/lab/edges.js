import { KIND } from '../../core/stage/plane.js';
import { outlineArea } from './pixels.js';

/**
 * @import {Box} from '../../core/stage/board.js'
 * @import {Plane} from '../../core/stage/plane.js'
 * @import {Look} from './palette.js'
 * @import {Area, Pixels} from './pixels.js'
 */

/**
 * Where a cell of a plane lies, device px.
 * @param {Box} box
 * @param {number} cell  CSS px
 * @param {number} scale
 * @param {number} row  within the plane as it is drawn
 * @param {number} column
 * @returns {Area}
 */
export function areaOf(box, cell, scale, row, column) {
  return {
    left: Math.round((box.x + column * cell) * scale),
    top: Math.round((box.y + row * cell) * scale),
    right: Math.round((box.x + (column + 1) * cell) * scale),
    bottom: Math.round((box.y + (row + 1) * cell) * scale),
  };
}

/** Where a plane lies, device px. @param {Box} box @param {number} scale @returns {Area} */
export function wholeOf(box, scale) {
  const { right, bottom } = areaOf(box, box.cell, scale, box.rows - 1, box.columns - 1);
  return { ...areaOf(box, box.cell, scale, 0, 0), right, bottom };
}

/**
 * An edge around the plane, and a stronger one around its values where padding surrounds them.
 * @param {Pixels} pixels
 * @param {Box} box
 * @param {Plane} plane
 * @param {number} cell
 * @param {number} scale
 * @param {Look} look
 */
export function outlineValues(pixels, box, plane, cell, scale, look) {
  outlineArea(pixels, wholeOf(box, scale), look.line, 1);
  let [top, left, bottom, right] = [box.rows, box.columns, -1, -1];
  for (let i = 0; i < plane.kinds.length; i += 1) {
    const kind = plane.kinds[i];
    if (kind !== KIND.value && kind !== KIND.empty) continue;
    const [row, column] = [Math.floor(i / box.columns), i % box.columns];
    [top, left] = [Math.min(top, row), Math.min(left, column)];
    [bottom, right] = [Math.max(bottom, row), Math.max(right, column)];
  }
  if (bottom < 0) return;
  const last = areaOf(box, cell, scale, bottom, right);
  const inner = { ...areaOf(box, cell, scale, top, left), right: last.right, bottom: last.bottom };
  const isPadded = bottom - top + 1 < box.rows || right - left + 1 < box.columns;
  outlineArea(
    pixels,
    inner,
    isPadded ? look.edge : look.lineStrong,
    Math.max(1, Math.round(scale)),
  );
}
