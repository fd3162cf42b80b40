import { firstPlace, isPadding, ofNextChannel, walked } from '../core/stage/walk.js';
import { valueAt } from '../core/stage/sentences.js';
import { reveal } from './lab_places.js';

/**
 * @import {Place} from '../core/stage/place.js'
 * @import {LabStage, StageModel} from './lab_stage.js'
 */

/** How much plus and minus change a pixel, and an output gradient. */
const STEP = { input: 0.1, output: 1 };

/**
 * Walking over the side that has the focus: arrows, Home, End, Page Up and Down for another channel,
 * Enter to pin, plus and minus to change the cell.
 * @param {LabStage} stage
 * @param {AbortSignal} signal
 */
export function listenToKeys(stage, signal) {
  const tell = stage.tell.bind(stage);

  // Keys may come faster than frames: until there is a new model, the last key says where one is.
  /** @type {{place: Place, model: StageModel | null} | null} */
  let walking = null;

  /** @param {StageModel} model @param {Place['side']} side */
  const placeNow = (model, side) => {
    if (walking?.model === model && walking.place.side === side) return walking.place;
    return firstPlace(model.experiment, model.filter, side, model.spot, stage.links);
  };

  /** @param {Place} place */
  const walk = (place) => {
    walking = { place, model: stage.model };
    tell('walk', place);
    reveal(stage, place);
    stage.say(place);
  };

  stage.addEventListener(
    'focusin',
    ({ target }) => {
      const side = sideOf(target);
      const { model } = stage;
      if (!side || !model || !(/** @type {Element} */ (target).matches(':focus-visible'))) return;
      walk(placeNow(model, side));
    },
    { signal },
  );

  stage.addEventListener(
    'keydown',
    (event) => {
      const side = sideOf(event.target);
      const { model } = stage;
      if (!side || !model || event.ctrlKey || event.metaKey || event.altKey) return;
      const place = placeNow(model, side);
      const next = placeAfter(event, stage, model, place);
      if (next) walk(next);
      else if (event.key === 'Enter') tell('pin', place);
      else if ('+-='.includes(event.key)) change(model, place, event.key === '-' ? -1 : 1, tell);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
}

/** @param {EventTarget | null} target */
function sideOf(target) {
  const side = target instanceof HTMLElement ? target.dataset.side : undefined;
  return /** @type {Place['side'] | undefined} */ (side);
}

/** @param {KeyboardEvent} event @param {LabStage} stage @param {StageModel} model @param {Place} place */
function placeAfter({ key, shiftKey }, stage, { experiment }, place) {
  if (key !== 'PageDown' && key !== 'PageUp') return walked(experiment, place, key, shiftKey);
  const planes = stage.board?.boxes.filter(({ side }) => side === place.side) ?? [];
  const channels = new Set(planes.map(({ channel }) => channel)).size;
  return ofNextChannel(experiment, place, channels, key === 'PageDown' ? 1 : -1);
}

/**
 * Changes the cell that is walked on, where it is one that can be changed.
 * @param {StageModel} model
 * @param {Place} place
 * @param {number} sign
 * @param {(type: string, detail: unknown) => void} tell
 */
function change(model, place, sign, tell) {
  const { channel, row, column } = place;
  const before = valueAt(model, place) ?? 0;
  if (place.side === 'output' && model.see.kind === 'backward') {
    tell('edit-gradient', { channel, row, column, value: before + sign * STEP.output });
  }
  if (place.side !== 'input' || isPadding(model.experiment, place)) return;
  const value = Math.round((before + sign * STEP.input) * 1000) / 1000;
  tell('paint-input', { channel, row, column, value, phase: 'begin' });
  tell('paint-input', { channel, row, column, value, phase: 'end' });
}
