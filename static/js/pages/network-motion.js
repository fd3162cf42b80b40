import { effect } from '@preact/signals-core';

import { setTransition } from '../state/actions.js';
import { view } from '../state/store.js';

let overviewScroll = 0;

/**
 * What is opened is seen from its top; the overview comes back where it was left.
 * @param {() => void} update
 */
function keepPlace(update) {
  const header = document.querySelector('.header')?.clientHeight ?? 0;
  const top = (document.getElementById('main')?.offsetTop ?? 0) - header - 1;
  const wasOverview = view.peek().kind === 'overview';
  if (wasOverview) overviewScroll = window.scrollY;
  update();
  if (!wasOverview) window.scrollTo(0, overviewScroll);
  else if (window.scrollY > top) window.scrollTo(0, top);
}

/**
 * Takes the keyboard along: into what was opened from the overview, and back to the layer it came
 * from. Elsewhere the focus stays where it is.
 */
function moveFocus() {
  let before = view.peek();
  effect(() => {
    const [from, to] = [before, view.value];
    before = to;
    const at = document.activeElement;
    if (from.kind === 'overview' && to.kind !== 'overview' && at?.closest('network-flow')) {
      focusSoon('#detail value-grid[interactive], #detail layer-picture, #detail .button');
    } else if (from.kind !== 'overview' && to.kind === 'overview' && !at?.closest('.sidebar')) {
      focusSoon(`network-flow layer-picture[data-layer="${CSS.escape(from.layer)}"]`);
    }
  });
}

/** @param {string} selector */
function focusSoon(selector) {
  requestAnimationFrame(() => {
    const target = /** @type {HTMLElement | null} */ (document.querySelector(selector));
    target?.focus({ preventScroll: true });
  });
}

/** Lets the page keep the reader's place between the overview and what is opened of it. */
export function startMotion() {
  setTransition(keepPlace);
  moveFocus();
}
