import { signal } from '@preact/signals-core';

/** @import {Store} from './store.js' */

/** How long each moment is shown while they play. */
const MOMENT_MS = 320;

/**
 * Goes through the moments of a run, one after the other.
 * @param {Store} store
 */
export function createPlayback({ chosenStep, moment, moments }) {
  const isPlaying = signal(false);
  /** How many times playing was begun: only the newest goes on. */
  let begun = 0;
  const index = () => moments.peek().findIndex(({ step }) => step === moment.peek()?.step);

  /** Shows the moment so many further on; behind the last is the newest, whatever comes. @param {number} by */
  function stepMoment(by) {
    const all = moments.peek();
    const at = Math.max(0, index() + by);
    chosenStep.value = at >= all.length - 1 && by > 0 ? null : (all[at]?.step ?? null);
  }

  function pauseMoments() {
    begun += 1;
    isPlaying.value = false;
  }

  /** Plays on, from the first moment where the last is shown; or stops playing. */
  function playMoments() {
    const was = isPlaying.peek();
    pauseMoments();
    if (was || moments.peek().length < 2) return;
    const turn = begun;
    isPlaying.value = true;
    if (index() >= moments.peek().length - 1) chosenStep.value = moments.peek()[0].step;
    let shownAt = performance.now();
    const play = (/** @type {number} */ now) => {
      if (turn !== begun) return;
      if (now - shownAt >= MOMENT_MS) {
        shownAt = now;
        stepMoment(1);
        if (index() >= moments.peek().length - 1) return pauseMoments();
      }
      requestAnimationFrame(play);
    };
    requestAnimationFrame(play);
  }

  return { isPlaying, actions: { stepMoment, playMoments, pauseMoments } };
}
