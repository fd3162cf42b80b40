import { pause, play, step, unpin } from '../../state/lab/actions.js';
import { pinned, playback, see } from '../../state/lab/store.js';

/** What one types into keeps every key. */
const TYPED =
  'input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable]';
/** What has a use of its own for space and arrows. */
const OPERATED =
  'input, button, a, summary, [role=slider], [role=tab], [tabindex]:not(.lab-frame, main)';

/** What a key does, by its name. @type {Record<string, () => void>} */
const STEPS = { '.': () => step(1), ',': () => step(-1) };
/** @type {Record<string, () => void>} */
const KEYS = {
  ...STEPS,
  ' ': () => (playback.value.isPlaying ? pause() : play()),
  ArrowRight: STEPS['.'],
  ArrowLeft: STEPS[','],
};

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event;
  if (defaultPrevented || ctrlKey || metaKey || altKey) return;
  const isIn = (/** @type {string} */ what) => target instanceof Element && target.closest(what);
  if (key === 'Escape' && pinned.value) {
    unpin();
    event.preventDefault();
    return;
  }
  const isIdle = see.value.kind === 'backward' || see.value.kind === 'image';
  const act = (isIn(OPERATED) ? STEPS : KEYS)[key];
  if (!act || isIdle || isIn(TYPED)) return;
  act();
  event.preventDefault();
}

/**
 * The keys of the stage: space plays; full stop and comma step, and so do the arrows where they have
 * nothing else to do; Escape unpins.
 */
export function startStageKeys() {
  addEventListener('keydown', onKey);
}
