import { answerBoxes, boxOf } from '../core/stage/board.js';
import { moved, wayInto } from '../core/stage/viewport.js';

/**
 * @import {Place} from '../core/stage/place.js'
 * @import {Sides} from '../core/stage/viewport.js'
 * @import {LabStage} from './lab_stage.js'
 */

/** Room around a cell that is scrolled to, CSS px. */
const MARGIN = 8;

/**
 * The box of a place in the window, CSS px; null where it is not drawn.
 * @param {LabStage} stage
 * @param {Place} place
 */
export function boxOfPlace(stage, { side, channel, row, column }) {
  const { board, model } = stage;
  if (!board || !model) return null;
  const role = side === 'output' && model.see.kind === 'backward' ? 'output_gradient' : side;
  const box = boxOf(board, role, channel);
  if (!box) return null;
  const left = box.x + (column - box.first.column) * box.cell;
  const top = box.y + (row - box.first.row) * box.cell;
  return inWindow(stage, { left, top, right: left + box.cell, bottom: top + box.cell });
}

/** What answers the explained place, a box a plane, in the window, CSS px. @param {LabStage} stage */
export function answersOf(stage) {
  const { board, links, model } = stage;
  if (!board || !links || !model) return [];
  const isBackward = model.see.kind === 'backward';
  return answerBoxes(board, links, isBackward).map((box) => inWindow(stage, box));
}

/** Scrolls a stage to where a place is in view. @param {LabStage} stage @param {Place} place */
export function reveal(stage, place) {
  const box = boxOfPlace(stage, place);
  if (box) stage.scrollBy(...wayInto(box, stage.getBoundingClientRect(), MARGIN));
}

/** A box on the surface as one in the window. @param {LabStage} stage @param {Sides} box */
function inWindow(stage, box) {
  const { left, top } = stage.surface.getBoundingClientRect();
  return moved(box, left, top);
}
