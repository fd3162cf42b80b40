import { effect, untracked } from '@preact/signals-core';

/** @import {Network} from '../../state/network/network.js' */

/** What a link opens counts as out of sight from so far down the window on. */
const SIGHT = 0.4;

/** Scrolls to what is open where it lies below the drawing. @param {Network} network */
function scrollToOpened({ signals: { view } }) {
  const header = document.querySelector('.header')?.clientHeight ?? 0;
  const top = document.getElementById('main')?.getBoundingClientRect().top ?? 0;
  if (view.value.kind !== 'overview' && top > SIGHT * innerHeight)
    window.scrollBy(0, top - header - 1);
}

/** Shows what a link opens, once it stands; whoever draws meanwhile stays at the paper. @param {Network} network */
export function startArrival(network) {
  const { arrived, changed, forward } = network.signals;
  /** @type {{at: number} | null} */
  let seen = null;
  effect(() => {
    const at = arrived.value;
    if (at === seen || !forward.value?.isExact) return;
    seen = at;
    untracked(() => changed.value === at && scrollToOpened(network));
  });
}
