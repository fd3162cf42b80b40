import { computed, signal } from '@preact/signals-core';

/** Whether somebody looks at the page: for nobody, nothing is asked of the server beside a training. */
export const isSeen = signal(!document.hidden);

document.addEventListener('visibilitychange', () => {
  isSeen.value = !document.hidden;
});

/**
 * Whether a part of the page is worth asking for: beside a run that goes on it has to be in sight itself.
 * @param {{readonly signals: Pick<import('./training.js').Training['signals'], 'isLiving'>}} training
 * @param {import('@preact/signals-core').ReadonlySignal<boolean>} isInSight
 */
export const isLookedAt = ({ signals: { isLiving } }, isInSight) =>
  computed(() => isSeen.value && (isInSight.value || !isLiving.value));
