import { answerBoxes, boxOf } from '../core/stage/board.js';
import { moved, wayInto } from '../core/stage/viewport.js';

/**
 * @import {Place} from '../core/stage/place.js'
 * @import {Sides} from '../core/stage/viewport.js'
 * @import {LabStage} from './lab_stage.js'
 */

/** Room around a cell that is scrolled to, CSS px. */
const MARGIN = 8;

/** The plane that a place is on; null where it is not drawn. @param {LabStage} stage @param {Place} place */
function boxAround({ board, model }, { side, channel }) {
  if (!board || !model) return null;
  const role = side === 'output' && model.see.kind === 'backward' ? 'output_gradient' : side;
  return boxOf(board, role, channel);
}

/**
 * The box of a place in the window, CSS px; null where it is not drawn.
 * @param {LabStage} stage
 * @param {Place} place
 */
export function boxOfPlace(stage, place) {
  const box = boxAround(stage, place);
  if (!box) return null;
  const { row, column } = place;
  const left = box.x + (column - box.first.column) * box.cell;
  const top = box.y + (row - box.first.row) * box.cell;
  return inWindow(stage, { left, top, right: left + box.cell, bottom: top + box.cell });
}

/**
 * The box of the plane that a place is on, in the window, CSS px; null where it is not drawn.
 * @param {LabStage} stage
 * @param {Place} place
 */
export function boxOfPlane(stage, place) {
  const box = boxAround(stage, place);
  if (!box) return null;
  const { x, y, width, height } = box;
  return inWindow(stage, { left: x, top: y, right: x + width, bottom: y + height });
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
