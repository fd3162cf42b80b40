import { signal } from '@preact/signals-core';

/** Whether somebody looks at the page: for nobody, nothing is asked of the server beside a training. */
export const isSeen = signal(!document.hidden);

document.addEventListener('visibilitychange', () => {
  isSeen.value = !document.hidden;
});
