import { setTransition } from '../state/actions.js';
import { view } from '../state/store.js';

/**
 * Lets the browser move the layers between the overview and the strip above what is opened: what
 * is clicked stays, the rest moves aside. Without it, or with reduced motion, it jumps.
 */
export function startMotion() {
  if (!('startViewTransition' in document)) {
    setTransition(keepPlace);
    return;
  }
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  setTransition((update) => {
    if (reduced.matches || document.visibilityState === 'hidden') {
      keepPlace(update);
      return;
    }
    const { finished, ready } = document.startViewTransition(() => keepPlace(update));
    // A transition that another one overtakes rejects; what is shown is right all the same.
    ready.catch(() => undefined);
    finished.catch(() => undefined);
  });
}

let overviewScroll = 0;

/**
 * What is opened is seen from its top; the overview comes back where it was left.
 * @param {() => void} update
 */
function keepPlace(update) {
  const top = document.getElementById('main')?.offsetTop ?? 0;
  const wasOverview = view.peek().kind === 'overview';
  if (wasOverview) overviewScroll = window.scrollY;
  update();
  if (!wasOverview) window.scrollTo(0, overviewScroll);
  else if (window.scrollY > top) window.scrollTo(0, top);
}
