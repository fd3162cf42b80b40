import { effect, untracked } from '@preact/signals-core';

import { changed } from '../../state/network/drawing.js';
import { forward, view } from '../../state/network/store.js';
import { arrived } from '../../state/network/url_state.js';

/** What a link opens counts as out of sight from so far down the window on. */
const SIGHT = 0.4;

/** Scrolls to what is open where it lies below the drawing. */
function scrollToOpened() {
  const header = document.querySelector('.header')?.clientHeight ?? 0;
  const top = document.getElementById('main')?.getBoundingClientRect().top ?? 0;
  if (view.value.kind !== 'overview' && top > SIGHT * innerHeight)
    window.scrollBy(0, top - header - 1);
}

/** Shows what a link opens, once it stands; whoever draws meanwhile stays at the paper. */
export function startArrival() {
  /** @type {{at: number} | null} */
  let seen = null;
  effect(() => {
    const at = arrived.value;
    if (at === seen || !forward.value?.isExact) return;
    seen = at;
    untracked(() => changed.value === at && scrollToOpened());
  });
}
