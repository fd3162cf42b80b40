import { setTransition } from '../state/actions.js';
import { view } from '../state/store.js';

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

/** Lets the page keep the reader's place between the overview and what is opened of it. */
export function startMotion() {
  setTransition(keepPlace);
}
