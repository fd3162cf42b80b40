import { effect } from '@preact/signals-core';

/** @import {Network} from '../../state/network/network.js' */

/**
 * What is opened is seen from its top; the overview comes back where it was left.
 * @param {Network} network
 * @returns {(update: () => void) => void}
 */
function keepPlace({ signals: { view } }) {
  let overviewScroll = 0;
  return (update) => {
    const header = document.querySelector('.header')?.clientHeight ?? 0;
    const top = (document.getElementById('main')?.offsetTop ?? 0) - header - 1;
    const wasOverview = view.peek().kind === 'overview';
    if (wasOverview) overviewScroll = window.scrollY;
    update();
    if (!wasOverview) window.scrollTo(0, overviewScroll);
    else if (window.scrollY > top) window.scrollTo(0, top);
  };
}

/** Where the keys go on in what is opened: a map's cells or a layer's maps, else the way back. */
const WALKED = [
  '#detail .detail-making value-grid[interactive]',
  '#detail .detail-maps :is(layer-picture, value-grid[interactive])',
  '#detail .button',
];

/**
 * Takes the keyboard along: into what was opened, so that the arrow keys walk there at once, and
 * back to the layer it came from. Where the focused element stays, the focus stays, too.
 * @param {Network} network
 */
function moveFocus({ signals: { view } }) {
  let before = view.peek();
  effect(() => {
    const [from, to] = [before, view.value];
    before = to;
    const at = document.activeElement;
    if (from.kind !== 'overview' && to.kind === 'overview') {
      const picture = `network-flow layer-picture[data-layer="${CSS.escape(from.layer)}"]`;
      if (!at?.closest('.sidebar, .header')) focusSoon([picture]);
    } else if (from.kind === 'overview' && at?.closest('network-flow')) focusSoon(WALKED);
    else if (at?.closest('#detail')) focusSoon(WALKED, at);
  });
}

/**
 * @param {readonly string[]} selectors  the first that is there is taken
 * @param {Element} [kept]  has the focus, and keeps it if it is still there
 */
function focusSoon(selectors, kept) {
  requestAnimationFrame(() => {
    if (kept?.isConnected) return;
    const found = selectors.map((selector) => document.querySelector(selector));
    const target = /** @type {HTMLElement | undefined} */ (found.find((each) => each !== null));
    target?.focus({ preventScroll: true });
  });
}

/** Lets the page keep the reader's place between the overview and what is opened of it. @param {Network} network */
export function startMotion(network) {
  network.actions.setTransition(keepPlace(network));
  moveFocus(network);
}
