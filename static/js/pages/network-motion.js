import { setTransition } from '../state/actions.js';

/**
 * Lets the browser move the layers between the overview and the strip above what is opened: what
 * is clicked stays, the rest moves aside. Without it, or with reduced motion, it jumps.
 */
export function startMotion() {
  if (!('startViewTransition' in document)) return;
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  setTransition((update) => {
    if (reduced.matches || document.visibilityState === 'hidden') {
      update();
      return;
    }
    const { finished, ready } = document.startViewTransition(update);
    // A transition that another one overtakes rejects; what is shown is right all the same.
    ready.catch(() => undefined);
    finished.catch(() => undefined);
  });
}
