import { boxOf } from '../../core/stage/board.js';

/**
 * @import {Box, Role} from '../../core/stage/board.js'
 * @import {Linked} from '../../core/stage/highlight.js'
 * @import {Canvas} from './connections.js'
 * @typedef {{row: number, column: number}} At
 */

/** More borrowed cells than this are linked by fine threads. */
const FEW = 3;
/** More than this are linked only where one of them is pointed at. */
const MOST_THREADS = 40;

/** A thread from every borrowed cell to the pixel it borrows. @param {Canvas} canvas @param {Linked} links */
export function drawBorrowings(canvas, { input, place }) {
  const borrowed = input.filter(({ from }) => from !== null);
  if (borrowed.length > MOST_THREADS && place.side !== 'input') return;
  for (const cell of borrowed) {
    const box = boxOf(canvas.board, 'input', cell.channel);
    if (!box || !cell.from) continue;
    const isFine = borrowed.length > FEW;
    drawThread(canvas, centre(box, cell), centre(box, cell.from), { isFine });
  }
}

/**
 * Where a maximum came from: a mark on the winner, and with gradients the way back to it.
 * @param {Canvas} canvas
 * @param {Linked} links
 * @param {Role} output
 * @param {boolean} isBackward
 */
export function drawWinner(canvas, { input, output: cells, place }, output, isBackward) {
  const winner = input.find(({ isWinner }) => isWinner);
  const target = boxOf(canvas.board, output, place.channel);
  if (place.side === 'output' && winner && target) {
    const role = isBackward ? 'input_gradient' : 'input';
    const box = boxOf(canvas.board, role, winner.channel);
    const own = boxOf(canvas.board, 'input', winner.channel);
    if (own) drawCrown(canvas, own, winner);
    if (box)
      drawThread(canvas, centre(target, place), centre(box, winner), { gaps: gaps(target, box) });
  }
  for (const cell of cells) {
    if (!cell.isWinner || place.side !== 'input' || !target) continue;
    const from = boxOf(canvas.board, isBackward ? 'input_gradient' : 'input', place.channel);
    if (from)
      drawThread(canvas, centre(target, cell), centre(from, place), { gaps: gaps(target, from) });
  }
}

/** A ring inside the cell that won. @param {Canvas} canvas @param {Box} box @param {At} at */
export function drawCrown(canvas, box, at) {
  const { context, theme } = canvas;
  const { x, y } = centre(box, at);
  const size = box.cell;
  context.lineWidth = Math.max(2, size * 0.07);
  context.strokeStyle = theme.ink;
  context.strokeRect(x - size * 0.42, y - size * 0.42, size * 0.84 - 1, size * 0.84 - 1);
  context.strokeStyle = theme.highlight;
  context.lineWidth = Math.max(1.5, size * 0.05);
  context.strokeRect(x - size * 0.42, y - size * 0.42, size * 0.84 - 1, size * 0.84 - 1);
}

/**
 * Which planes feed which: from each input through its kernel slice to the outputs, where there are
 * several.
 * @param {Canvas} canvas
 * @param {Linked} links
 * @param {Role} output
 */
export function drawFeeds(canvas, links, output) {
  const { boxes } = canvas.board;
  const count = (/** @type {Role} */ role) => boxes.filter((box) => box.role === role).length;
  if (count('input') < 2 && count(output) < 2) return;
  const inputs = [...new Set(links.input.map(({ channel }) => channel))];
  const outputs = [...new Set(links.output.map(({ channel }) => channel))];
  for (const channel of inputs) {
    const from = boxOf(canvas.board, 'input', channel);
    const kernel = boxOf(canvas.board, 'kernel', channel);
    if (from && kernel) drawEdge(canvas, from, kernel);
    for (const other of outputs) {
      const to = boxOf(canvas.board, output, other);
      const start = kernel ?? from;
      if (start && to) drawEdge(canvas, start, to);
    }
  }
}

/**
 * A curve from one plane to the next, in the direction in which the planes stand.
 * @param {Canvas} canvas
 * @param {Box} from
 * @param {Box} to
 */
function drawEdge({ context, theme, board }, from, to) {
  const isBeside = from.y < to.y + to.height && to.y < from.y + from.height;
  const isAcross = isBeside || board.flow === 'from left';
  const [x, y] = isAcross
    ? [from.x + from.width + 3, from.y + from.height / 2]
    : [from.x + from.width / 2, from.y + from.height + 20];
  const [toX, toY] = isAcross ? [to.x - 3, to.y + to.height / 2] : [to.x + to.width / 2, to.y - 3];
  context.strokeStyle = theme.highlight;
  context.globalAlpha = 0.8;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x, y);
  if (isAcross) context.bezierCurveTo((x + toX) / 2, y, (x + toX) / 2, toY, toX, toY);
  else context.bezierCurveTo(x, (y + toY) / 2, toX, (y + toY) / 2, toX, toY);
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {Box} box @param {At} at */
function centre({ x, y, cell, first }, { row, column }) {
  return {
    x: x + (column - first.column + 0.5) * cell - 0.5,
    y: y + (row - first.row + 0.5) * cell - 0.5,
  };
}

/** Nearly to the edges of two planes' cells, CSS px. @param {readonly Box[]} planes */
const gaps = (...planes) => planes.map(({ cell }) => cell * 0.45);

/**
 * A curved line with a dot at its end, dark under bright so that it shows on any colour.
 * @param {Canvas} canvas
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {{isFine?: boolean, gaps?: readonly number[]}} how  `gaps`: how far from each point it stays, CSS px
 */
function drawThread(
  { context, theme, board: { cell } },
  from,
  to,
  { isFine = false, gaps = [0, 0] },
) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bend = { x: (from.x + to.x) / 2 - dy * 0.14, y: (from.y + to.y) / 2 + dx * 0.14 };
  const [start, end] = [towards(from, bend, gaps[0]), towards(to, bend, gaps[1])];
  const radius = isFine ? 2 : Math.max(2.5, Math.min(4.5, cell * 0.1));
  for (const [colour, extra] of /** @type {[string, number][]} */ ([
    [theme.ink, 2],
    [theme.highlight, 0],
  ])) {
    if (isFine && extra > 0) continue;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.lineWidth = (isFine ? 1 : 1.75) + extra;
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.quadraticCurveTo(bend.x, bend.y, end.x, end.y);
    context.stroke();
    context.beginPath();
    context.arc(end.x, end.y, radius + extra / 2, 0, 2 * Math.PI);
    context.fill();
  }
}

/**
 * A point on the way from one point to another.
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 * @param {number} by  CSS px
 */
function towards(from, to, by) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return {
    x: from.x + ((to.x - from.x) / length) * by,
    y: from.y + ((to.y - from.y) / length) * by,
  };
}
