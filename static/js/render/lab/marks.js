import { boxOf } from '../../core/stage/board.js';

/**
 * @import {Box, Role} from '../../core/stage/board.js'
 * @import {Canvas} from './connections.js'
 * @typedef {{row: number, column: number}} At
 */

/**
 * The outline of a set of cells: the edges that no two of them share.
 * @param {Canvas} canvas
 * @param {Box} box
 * @param {readonly At[]} cells
 * @param {number} thickness  CSS px
 * @param {number} [strength]  0…1
 */
export function outlineCells({ context, theme }, box, cells, thickness, strength = 1) {
  const { cell } = box;
  const there = new Set(cells.map(({ row, column }) => row * 4096 + column));
  context.strokeStyle = theme.highlight;
  context.lineWidth = thickness;
  context.globalAlpha = strength;
  context.lineCap = 'square';
  context.beginPath();
  for (const { row, column } of cells) {
    const left = box.x + (column - box.first.column) * cell - 0.5;
    const top = box.y + (row - box.first.row) * cell - 0.5;
    const [right, bottom] = [left + cell, top + cell];
    if (!there.has((row - 1) * 4096 + column)) line(context, left, top, right, top);
    if (!there.has((row + 1) * 4096 + column)) line(context, left, bottom, right, bottom);
    if (!there.has(row * 4096 + column - 1)) line(context, left, top, left, bottom);
    if (!there.has(row * 4096 + column + 1)) line(context, right, top, right, bottom);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} toX
 * @param {number} toY
 */
function line(context, x, y, toX, toY) {
  context.moveTo(x, y);
  context.lineTo(toX, toY);
}

/**
 * The strongest mark: the cell itself, in the highlighter between two lines of ink, so that it stands
 * out on any colour.
 * @param {Canvas} canvas
 * @param {Box} box
 * @param {At} at
 */
export function markCell({ context, theme }, box, { row, column }) {
  const { cell } = box;
  const [x, y] = [box.x + (column - box.first.column) * cell, box.y + (row - box.first.row) * cell];
  context.strokeStyle = theme.ink;
  context.lineWidth = cell > 10 ? 5 : 3;
  context.strokeRect(x - 0.5, y - 0.5, cell, cell);
  context.strokeStyle = theme.highlight;
  context.lineWidth = cell > 10 ? 3 : 2;
  context.strokeRect(x - 0.5, y - 0.5, cell, cell);
}

/** A faint outline around a whole plane. @param {Canvas} canvas @param {Role} role @param {number} channel */
export function outlineMap({ context, board, theme }, role, channel) {
  const box = boxOf(board, role, channel);
  if (!box) return;
  context.strokeStyle = theme.highlight;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  context.strokeRect(box.x - 2.5, box.y - 2.5, box.width + 4, box.height + 4);
  context.globalAlpha = 1;
}
