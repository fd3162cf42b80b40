import { isMeantFor } from '../../elements/instrument.js';

/** @import {NetworkInstance} from './instance.js' */

/** What is not as tall yet would stop the window on its way. @param {number} place */
function scrollOnceItStands(place) {
  window.scrollTo(0, place);
  requestAnimationFrame(() => window.scrollTo(0, place));
}

/**
 * What is opened is seen from its top; the overview comes back where it was left.
 * @param {NetworkInstance} instance
 * @returns {(update: () => void) => void}
 */
function keepPlace(instance) {
  const { view } = instance.network.signals;
  let overviewScroll = 0;
  // On narrow screens the way to it is above the paper, and itself far below.
  const isOutOfSight = (/** @type {number} */ top) =>
    view.peek().kind === 'why' && top > window.scrollY + innerHeight / 2;
  return (update) => {
    const header = document.querySelector('.header')?.clientHeight ?? 0;
    const main = instance.place('main').getBoundingClientRect();
    const before = window.scrollY;
    const top = main.top + before - header - 1;
    const wasOverview = view.peek().kind === 'overview';
    if (wasOverview) overviewScroll = before;
    update();
    const isKept = wasOverview && before <= top && !isOutOfSight(top);
    const place = wasOverview ? top : overviewScroll;
    if (!isKept) scrollOnceItStands(place);
  };
}

/** Where the keys go on in what is opened: a map's cells or a layer's maps, else the way back. */
const WALKED = [
  '.detail-making value-grid[interactive]',
  '.detail-maps :is(layer-picture, value-grid[interactive])',
  '.detail .button',
];

/**
 * Takes the keyboard along: into what was opened, so that the arrow keys walk there at once, and
 * back to the layer it came from. Where the focused element stays, the focus stays, too.
 * @param {NetworkInstance} instance
 */
function moveFocus(instance) {
  const { host, network } = instance;
  const { view } = network.signals;
  let before = view.peek();
  instance.effect(() => {
    const [from, to] = [before, view.value];
    before = to;
    const at = document.activeElement;
    if (!isMeantFor(host, at)) return;
    if (from.kind !== 'overview' && to.kind === 'overview') {
      const picture =
        'layer' in from
          ? `network-flow layer-picture[data-layer="${CSS.escape(from.layer)}"]`
          : '.ask-why';
      if (!at?.closest('.sidebar, .header')) focusSoon(host, [picture]);
    } else if (
      at?.closest('layer-search') ||
      (from.kind === 'overview' && at?.closest('network-flow, .ask-why'))
    )
      focusSoon(host, WALKED);
    else if (at?.closest('.detail')) focusSoon(host, WALKED, at);
  });
}

/**
 * @param {HTMLElement} host
 * @param {readonly string[]} selectors  the first that is there is taken
 * @param {Element} [kept]  has the focus, and keeps it if it is still there
 */
function focusSoon(host, selectors, kept) {
  requestAnimationFrame(() => {
    if (kept?.isConnected) return;
    const found = selectors.map((selector) => host.querySelector(selector));
    const target = /** @type {HTMLElement | undefined} */ (found.find((each) => each !== null));
    target?.focus({ preventScroll: true });
  });
}

/** Keeps the reader's place between the overview and what is opened of it. @param {NetworkInstance} instance */
export function startMotion(instance) {
  instance.network.actions.setTransition(keepPlace(instance));
  moveFocus(instance);
}
