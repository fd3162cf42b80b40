import { untracked } from '@preact/signals-core';

/** @import {NetworkInstance} from './instance.js' */

/** What a link opens counts as out of sight from so far down the window on. */
const SIGHT = 0.4;

/** Scrolls to what is open where it lies below the drawing. @param {NetworkInstance} instance */
function scrollToOpened(instance) {
  const header = document.querySelector('.header')?.clientHeight ?? 0;
  const { top } = instance.place('main').getBoundingClientRect();
  if (instance.network.signals.view.value.kind !== 'overview' && top > SIGHT * innerHeight)
    window.scrollBy(0, top - header - 1);
}

/** Shows what a link opens, once it stands; whoever draws meanwhile stays at the paper. @param {NetworkInstance} instance */
export function startArrival(instance) {
  const { arrived, changed, forward } = instance.network.signals;
  /** @type {{at: number} | null} */
  let seen = null;
  instance.effect(() => {
    const at = arrived.value;
    if (at === seen || !forward.value?.isExact) return;
    seen = at;
    untracked(() => changed.value === at && scrollToOpened(instance));
  });
}
