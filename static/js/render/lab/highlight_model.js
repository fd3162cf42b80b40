import { boxOf } from '../../core/stage/board.js';
import { axesOf, operationOf } from '../../core/operations/registry.js';
import { markCell, outlineCells } from './marks.js';

/**
 * @import {Box, Role} from '../../core/stage/board.js'
 * @import {Linked} from '../../core/stage/highlight.js'
 * @import {PlanesModel} from '../../core/stage/planes.js'
 * @import {Canvas} from './connections.js'
 */

/**
 * Shows on the cells what a setting is about: the padding, the kernel's size, the step of the stride,
 * the gaps of the dilation, or a whole side.
 * @param {Canvas} canvas
 * @param {PlanesModel & {lit?: string | null}} model
 * @param {Linked | null} links
 */
export function drawLit(canvas, model, links) {
  switch (model.lit) {
    case 'padding':
    case 'padding_mode':
      return washPadding(canvas, model);
    case 'kernel_size':
    case 'dilation':
      return washKernel(canvas, links);
    case 'stride':
      return drawSteps(canvas, model);
    case 'input':
      return outlineSides(canvas, 'input');
    case 'output':
      return outlineSides(canvas, 'output');
    default:
  }
}

/** @param {Canvas} canvas @param {Box} box @param {{row: number, column: number}[]} cells */
function wash(canvas, box, cells) {
  const { context, theme } = canvas;
  const { x: left, y: top, cell, first } = box;
  context.fillStyle = theme.highlight;
  context.globalAlpha = 0.35;
  for (const { row, column } of cells) {
    const [x, y] = [left + (column - first.column) * cell, top + (row - first.row) * cell];
    context.fillRect(x, y, cell - 1, cell - 1);
  }
  context.globalAlpha = 1;
  outlineCells(canvas, box, cells, 2);
}

/** Every cell of a plane. @param {Box} box */
function cellsOf({ rows, columns, first }) {
  return Array.from({ length: rows * columns }, (_, index) => ({
    row: first.row + Math.floor(index / columns),
    column: first.column + (index % columns),
  }));
}

/** @param {Canvas} canvas @param {PlanesModel} model */
function washPadding(canvas, { experiment }) {
  const { height: rows, width: columns } = axesOf(experiment);
  const side = operationOf(experiment).isTransposed ? 'output' : 'input';
  for (const box of canvas.board.boxes.filter(({ role }) => role === side)) {
    const outside = cellsOf(box).filter(
      ({ row, column }) =>
        row < 0 || column < 0 || row >= rows[side].size || column >= columns[side].size,
    );
    wash(canvas, box, outside);
  }
}

/** The window, or the kernel where no window is shown. @param {Canvas} canvas @param {Linked | null} links */
function washKernel(canvas, links) {
  for (const box of canvas.board.boxes.filter(
    ({ role }) => role === 'kernel' || role === 'window',
  )) {
    wash(canvas, box, cellsOf(box));
  }
  if (links?.place.side !== 'output') return;
  for (const channel of new Set(links.input.map((cell) => cell.channel))) {
    const box = boxOf(canvas.board, 'input', channel);
    if (box)
      outlineCells(
        canvas,
        box,
        links.input.filter((cell) => cell.channel === channel),
        4,
      );
  }
}

/** A whole side is outlined: a wash would hide its numbers. @param {Canvas} canvas @param {Role} role */
function outlineSides(canvas, role) {
  const { context, theme, board } = canvas;
  context.strokeStyle = theme.highlight;
  context.lineWidth = 3;
  for (const { x, y, width, height } of board.boxes.filter((one) => one.role === role)) {
    context.strokeRect(x - 2.5, y - 2.5, width + 4, height + 4);
  }
}

/**
 * The upper left cell of every window along the first row and the first column: the steps between
 * them are the stride.
 * @param {Canvas} canvas
 * @param {PlanesModel} model
 */
function drawSteps(canvas, { experiment }) {
  const { height: rows, width: columns } = axesOf(experiment);
  const [own, other] = operationOf(experiment).isTransposed
    ? /** @type {const} */ (['output', 'input'])
    : /** @type {const} */ (['input', 'output']);
  const starts = (/** @type {import('../../core/operations/axis_map.js').AxisMap} */ axis) => {
    /** @type {Map<number, number>} */
    const first = new Map();
    for (const meeting of axis.meetings) {
      const before = first.get(meeting[other]) ?? Infinity;
      first.set(meeting[other], Math.min(before, meeting[own]));
    }
    return [...first.values()];
  };
  const [down, across] = [starts(rows), starts(columns)];
  for (const box of canvas.board.boxes.filter(({ role }) => role === own)) {
    wash(
      canvas,
      box,
      down.flatMap((row) => across.map((column) => ({ row, column }))),
    );
  }
}

/**
 * Marks the cells of one product on the input and the kernel.
 * @param {Canvas} canvas
 * @param {PlanesModel & {marked?: readonly import('../../core/stage/place.js').Place[]}} model
 */
export function drawMarked(canvas, { marked = [] }) {
  for (const { side, channel, row, column } of marked) {
    const box = side === 'output' ? null : boxOf(canvas.board, side, channel);
    if (box) markCell(canvas, box, { row, column });
  }
}
