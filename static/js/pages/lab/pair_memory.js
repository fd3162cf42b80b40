import { effect } from '@preact/signals-core';

const KEY = 'lab-pair';

/**
 * Keeps the pair that a comparison opens on from one visit to the next, where the browser lets it.
 * @param {import('../../state/lab/store.js').LabState} lab
 * @returns {() => void} stops it
 */
export function rememberPair({ comparison: { pairName } }) {
  try {
    pairName.value = localStorage.getItem(KEY) ?? pairName.value;
    return effect(() => localStorage.setItem(KEY, pairName.value));
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
    return () => {};
  }
}
