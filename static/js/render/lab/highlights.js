import { boxOf } from '../../core/stage/board.js';
import { shownFilter } from '../../core/stage/stations.js';
import { windowOutput, windowWinner } from '../../core/stage/pooling_window.js';
import { drawFactor, revealCell } from './connections.js';
import { markCell, outlineCells, outlineMap } from './marks.js';
import { drawBorrowings, drawCrown, drawFeeds, drawWinner } from './threads.js';

/**
 * @import {Role} from '../../core/stage/board.js'
 * @import {Linked} from '../../core/stage/highlight.js'
 * @import {PlanesModel} from '../../core/stage/planes.js'
 * @import {Canvas} from './connections.js'
 * @typedef {{channel: number, row: number, column: number, factor: number | null}} LinkedCell
 */

/** More cells than this are outlined, but not written over. */
const MOST_WRITTEN = 600;

/**
 * Draws everything that answers when one cell is pointed at: its maps, its window, the cell itself.
 * @param {Canvas} canvas
 * @param {PlanesModel} model
 * @param {Linked} links
 */
export function drawHighlights(canvas, model, links) {
  const isBackward = model.see.kind === 'backward';
  const output = isBackward ? 'output_gradient' : 'output';
  const ofWeight = links.place.side === 'kernel' && isBackward;
  drawFeeds(canvas, links, output);
  drawSide(canvas, links, 'input', 'input', ofWeight ? 'output_gradient' : 'kernel');
  drawSide(canvas, links, 'output', output, ofWeight ? 'input' : 'kernel');
  drawKernel(canvas, model, links);
  drawWindow(canvas, model);
  if (isBackward) echoGradients(canvas, links);
  drawBorrowings(canvas, links);
  drawWinner(canvas, links, output, isBackward);
  markPlace(canvas, model, links, output);
}

/**
 * The linked cells of the input or the output, plane by plane.
 * @param {Canvas} canvas
 * @param {Linked} links
 * @param {'input' | 'output'} side
 * @param {Role} role
 * @param {Role} factorRole
 */
function drawSide(canvas, links, side, role, factorRole) {
  const { place } = links;
  /** @type {readonly LinkedCell[]} */
  const cells = links[side];
  const isPlace = (/** @type {LinkedCell} */ one) =>
    place.side === side && one.row === place.row && one.column === place.column;
  for (const [channel, own] of byChannel(cells)) {
    const painted = canvas.painted.planes.find(
      ({ box }) => box.role === role && box.channel === channel,
    );
    if (!painted) continue;
    outlineMap(canvas, role, channel);
    const isWritten = own.length <= MOST_WRITTEN || canvas.board.cell < 16;
    if (isWritten) {
      for (const one of own) {
        if (!isPlace(one)) drawFactor(canvas, painted, one, one.factor, factorRole);
      }
    }
    outlineCells(canvas, painted.box, own, 2);
  }
}

/** @template {{channel: number}} Cell @param {readonly Cell[]} cells @returns {Map<number, Cell[]>} */
function byChannel(cells) {
  /** @type {Map<number, Cell[]>} */
  const found = new Map();
  for (const cell of cells) {
    const own = found.get(cell.channel);
    if (own) own.push(cell);
    else found.set(cell.channel, [cell]);
  }
  return found;
}

/**
 * The linked cells of the kernel slices that are shown.
 * @param {Canvas} canvas
 * @param {PlanesModel} model
 * @param {Linked} links
 */
function drawKernel(canvas, { experiment, filter }, { kernel, place }) {
  const roles = /** @type {Role[]} */ (['kernel', 'kernel_gradient']);
  for (const [channel, cells] of byChannel(kernel)) {
    const own = cells.filter((cell) => cell.filter === shownFilter(experiment, channel, filter));
    for (const role of roles) {
      const box = boxOf(canvas.board, role, channel);
      if (!box || own.length === 0) continue;
      if (place.side !== 'kernel') outlineCells(canvas, box, own, 2);
      outlineMap(canvas, role, channel);
    }
  }
}

/**
 * The window that is lifted out, as one piece, with the winner of a maximum.
 * @param {Canvas} canvas
 * @param {PlanesModel} model
 */
function drawWindow(canvas, model) {
  const box = boxOf(canvas.board, 'window', 0);
  if (!box || !windowOutput(model)) return;
  outlineMap(canvas, 'window', 0);
  const winner = windowWinner(model);
  if (winner) drawCrown(canvas, box, winner);
}

/** The same cells on the planes of the gradients. @param {Canvas} canvas @param {Linked} links */
function echoGradients(canvas, { input, place }) {
  if (place.side === 'kernel') return;
  for (const [channel, cells] of byChannel(input)) {
    const box = boxOf(canvas.board, 'input_gradient', channel);
    if (!box) continue;
    outlineMap(canvas, 'input_gradient', channel);
    outlineCells(canvas, box, cells, 2);
  }
}

/**
 * The cell itself; with gradients, on the plane of its value and on that of its gradient.
 * @param {Canvas} canvas
 * @param {PlanesModel} model
 * @param {Linked} links
 * @param {Role} output
 */
function markPlace(canvas, model, { place }, output) {
  const isBackward = model.see.kind === 'backward';
  const roles = {
    input: /** @type {Role[]} */ (isBackward ? ['input', 'input_gradient'] : ['input']),
    kernel: /** @type {Role[]} */ (isBackward ? ['kernel', 'kernel_gradient'] : ['kernel']),
    output: [output],
  };
  for (const role of roles[place.side]) {
    const painted = canvas.painted.planes.find(
      ({ box }) => box.role === role && box.channel === place.channel,
    );
    if (!painted) continue;
    if (role === 'output') revealCell(canvas, painted, place, model.outcome.output);
    markCell(canvas, painted.box, place);
  }
}
