import { cellAt } from '../core/stage/board.js';
import { isSamePlace } from '../core/stage/place.js';
import { isPadding, placeOfCell } from '../core/stage/walk.js';
import { lineOfCells } from '../core/stage/stroke.js';

/**
 * @import {Place} from '../core/stage/place.js'
 * @import {LabStage} from './lab_stage.js'
 *
 * A stroke over the input: where the button went down, and since when it paints.
 * @typedef {{from: Place, last: Place, value: number, isPainting: boolean, canPaint: boolean}} Stroke
 */

/**
 * The place under the pointer; null beside the planes.
 * @param {LabStage} stage
 * @param {PointerEvent} event
 * @returns {Place | null}
 */
function placeUnder(stage, { clientX, clientY }) {
  const { model, board } = stage;
  if (!model || !board) return null;
  const { left, top } = stage.surface.getBoundingClientRect();
  const cell = cellAt(board, clientX - left, clientY - top);
  return cell && placeOfCell(model.experiment, model.filter, cell);
}

/**
 * The value a stroke paints: the brush's, or the opposite of where it begins.
 * @param {LabStage} stage
 * @param {Place} place
 */
function paintOf({ model }, { channel, row, column }) {
  if (!model) return 0;
  if (model.brush !== null && model.brush !== undefined) return model.brush;
  const { shape, data } = model.experiment.input;
  return data[(channel * shape[1] + row) * shape[2] + column] > 0.5 ? 0 : 1;
}

/**
 * Pointing, pinning by a click or a tap, and painting by dragging over the input.
 * @param {LabStage} stage
 * @param {AbortSignal} signal
 */
export function listenToPointer(stage, signal) {
  /** @type {Stroke | null} */
  let stroke = null;
  const tell = stage.tell.bind(stage);
  const paint = (/** @type {Place} */ at, /** @type {string} */ phase) => {
    const { channel, row, column } = at;
    tell('paint-input', { channel, row, column, value: stroke?.value, phase });
  };

  const down = (/** @type {PointerEvent} */ event) => {
    const place = event.button === 0 ? placeUnder(stage, event) : null;
    if (!place || !stage.model) return;
    const isPixel = place.side === 'input' && !isPadding(stage.model.experiment, place);
    const mayDrag = event.pointerType !== 'touch' || Boolean(stage.model.isPainting);
    const canPaint = isPixel && mayDrag && stage.model.see.kind !== 'backward';
    stroke = {
      from: place,
      last: place,
      value: paintOf(stage, place),
      isPainting: false,
      canPaint,
    };
    if (canPaint) stage.surface.setPointerCapture(event.pointerId);
  };

  const move = (/** @type {PointerEvent} */ event) => {
    const place = placeUnder(stage, event);
    if (event.pointerType !== 'touch' || stroke?.canPaint) tell('point', place);
    const { model } = stage;
    if (!stroke?.canPaint || !place || !model || isSamePlace(place, stroke.last)) return;
    if (place.side !== 'input' || place.channel !== stroke.from.channel) return;
    if (!stroke.isPainting) {
      stroke.isPainting = true;
      paint(stroke.from, 'begin');
    }
    for (const cell of lineOfCells(stroke.last, place)) {
      const at = { ...place, ...cell };
      if (!isPadding(model.experiment, at)) paint(at, 'extend');
    }
    stroke.last = place;
  };

  const up = (/** @type {PointerEvent} */ event) => {
    const ended = stroke;
    stroke = null;
    if (!ended) return;
    if (ended.isPainting) {
      const { channel, row, column } = ended.from;
      tell('paint-input', { channel, row, column, value: ended.value, phase: 'end' });
      return;
    }
    const place = placeUnder(stage, event);
    if (event.type !== 'pointerup' || !place || !isSamePlace(place, ended.from)) return;
    stage.focusSide(place.side);
    tell('pin', place);
  };

  const options = { signal };
  stage.addEventListener('pointerdown', down, options);
  stage.addEventListener('pointermove', move, options);
  stage.addEventListener('pointerup', up, options);
  stage.addEventListener('pointercancel', up, options);
  stage.addEventListener('pointerleave', () => tell('point', null), options);
}
