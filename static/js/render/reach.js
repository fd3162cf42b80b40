/**
 * @import {Box} from '../core/receptive_field.js'
 * @import {Theme} from './theme.js'
 * @typedef {{x: number, y: number, width: number, height: number}} Rect
 *
 * What a pixel reaches in one layer: places of its maps, of which there are `extent`.
 * @typedef {{box: Box, extent: readonly number[], shape: readonly number[]}} Reached
 */

/**
 * The parts of a layer's picture that a pixel reaches.
 * @param {Reached} reached
 * @param {(channel: number) => Rect | null} rectOf  a map's, or a unit's, place in the picture
 * @param {Rect} whole  the picture
 * @returns {Rect[]}
 */
export function reachedRects({ box, extent, shape }, rectOf, whole) {
  if (box.bottom <= box.top || box.right <= box.left) return [];
  const [rows, columns] = extent;
  if (shape.length === 3) {
    return Array.from({ length: shape[0] }, (_, channel) => rectOf(channel)).flatMap((map) =>
      map ? [partOf(map, box, rows, columns)] : [],
    );
  }
  const maps = shape[0] / (rows * columns);
  if (rows * columns === 1 || !Number.isInteger(maps)) return [whole];
  // A flattened layer: of each map the lines of units that its places became.
  return Array.from({ length: maps * (box.bottom - box.top) }, (_, line) => {
    const row = box.top + (line % (box.bottom - box.top));
    const first = (Math.floor(line / (box.bottom - box.top)) * rows + row) * columns;
    return [rectOf(first + box.left), rectOf(first + box.right - 1)];
  }).flatMap(([from, to]) => (from && to ? [around(from, to)] : []));
}

/** @param {Rect} map @param {Box} box @param {number} rows @param {number} columns @returns {Rect} */
function partOf(map, { top, left, bottom, right }, rows, columns) {
  return {
    x: map.x + (left * map.width) / columns,
    y: map.y + (top * map.height) / rows,
    width: ((right - left) * map.width) / columns,
    height: ((bottom - top) * map.height) / rows,
  };
}

/** What holds two rectangles. @param {Rect} one @param {Rect} other @returns {Rect} */
function around(one, other) {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}

/**
 * Outlines parts of a picture; in maps they are tinted, too, in which all beside them is the same.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Rect[]} rects
 * @param {boolean} isTinted
 * @param {Theme} theme
 */
export function outlineRects(context, rects, isTinted, theme) {
  context.beginPath();
  for (const { x, y, width, height } of rects)
    context.rect(x, y, Math.max(1.5, width), Math.max(1.5, height));
  context.fillStyle = theme.highlight;
  context.globalAlpha = 0.18;
  if (isTinted) context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = theme.highlight;
  context.lineWidth = 1.25;
  context.stroke();
}
