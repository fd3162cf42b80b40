import { signal } from '@preact/signals-core';

/** @import {Store} from './store.js' */

/** How fast they can be played. */
export const MOMENT_SPEEDS = [0.5, 1, 2, 4];
/** How long each is shown at speed 1. */
const MOMENT_MS = 320;

/**
 * Goes through the moments of a run, one after the other.
 * @param {Store} store
 */
export function createPlayback({ chosenStep, moment, moments }) {
  const isPlaying = signal(false);
  const speed = signal(1);
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
      if (now - shownAt >= MOMENT_MS / speed.peek()) {
        shownAt = now;
        stepMoment(1);
        if (index() >= moments.peek().length - 1) return pauseMoments();
      }
      requestAnimationFrame(play);
    };
    requestAnimationFrame(play);
  }

  /** @param {number} times */
  const setMomentSpeed = (times) => void (speed.value = times);

  return { isPlaying, speed, actions: { stepMoment, playMoments, pauseMoments, setMomentSpeed } };
}
