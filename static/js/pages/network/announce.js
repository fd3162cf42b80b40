import { effect } from '@preact/signals-core';

/** @import {Network} from '../../state/network/network.js' */

/** Lets the reader say "7, 99.9 %" once the drawing rests. @param {Network} network */
export function startAnnouncing({ signals: { forward, isBlank, remark } }) {
  const host = document.getElementById('status');
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  effect(() => {
    const prediction = forward.value?.document.prediction;
    clearTimeout(timer);
    if (!prediction || !host) return;
    const text = isBlank.value
      ? 'The paper is empty.'
      : `The network sees ${prediction.label}, ${(100 * prediction.probability).toFixed(1)} percent. ${remark.value}`;
    timer = setTimeout(() => (host.textContent = text), 700);
  });
}
