import { FIELDS, isMeantFor } from '../../elements/instrument.js';

/** @import {Lab} from '../../state/lab/lab.js' */

/** What has a use of its own for space and arrows. */
const OPERATED =
  'input, button, a, summary, [role=slider], [role=tab], [tabindex]:not(.lab-frame, main)';

/**
 * What a key does, by its name; full stop and comma step everywhere.
 * @param {Lab} lab
 * @returns {Record<'steps' | 'all', Record<string, () => void>>}
 */
function keysOf({ signals, actions }) {
  const [next, before] = [() => actions.step(1), () => actions.step(-1)];
  const steps = { '.': next, ',': before };
  const toggle = () => (signals.playback.value.isPlaying ? actions.pause() : actions.play());
  return { steps, all: { ...steps, ' ': toggle, ArrowRight: next, ArrowLeft: before } };
}

/**
 * The keys of the stage: space plays; full stop and comma step, and so do the arrows where they have
 * nothing else to do; Escape unpins.
 * @param {import('./instance.js').LabInstance} instance
 */
export function startStageKeys({ host, lab, living }) {
  const { signals, actions } = lab;
  const keys = keysOf(lab);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event;
    if (defaultPrevented || ctrlKey || metaKey || altKey || !isMeantFor(host, target)) return;
    const isIn = (/** @type {string} */ what) => target instanceof Element && target.closest(what);
    if (key === 'Escape' && signals.pinned.value) {
      actions.unpin();
      event.preventDefault();
      return;
    }
    const { kind } = signals.see.value;
    const act = (isIn(OPERATED) ? keys.steps : keys.all)[key];
    if (!act || kind === 'backward' || kind === 'image' || isIn(`select, ${FIELDS}`)) return;
    act();
    event.preventDefault();
  };
  addEventListener('keydown', onKey, { signal: living });
}
