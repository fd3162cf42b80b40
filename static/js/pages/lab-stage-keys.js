import { pause, play, step, unpin } from '../state/lab/actions.js';
import { pinned, playback, see } from '../state/lab/store.js';

/** What keeps its own keys: fields, buttons, sliders and everything that walks. */
const TAKEN =
  'input, select, textarea, button, a, summary, [contenteditable], [role=slider], [tabindex]:not(.lab-frame, main)';

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const isTaken = target instanceof Element && target.closest(TAKEN) !== null;
  if (key === 'Escape' && pinned.value) unpin();
  else if (isTaken || see.value.kind === 'backward' || see.value.kind === 'image') return;
  else if (key === ' ') playback.value.isPlaying ? pause() : play();
  else if (key === 'ArrowRight' || key === '.') step(1);
  else if (key === 'ArrowLeft' || key === ',') step(-1);
  else return;
  event.preventDefault();
}

/** The keys of the stage: space plays, the arrows step where nothing is walked, Escape unpins. */
export function startStageKeys() {
  addEventListener('keydown', onKey);
}
