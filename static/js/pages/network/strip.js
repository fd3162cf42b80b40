/** @import {NetworkInstance} from './instance.js' */

/** So much of the strip is seen on both sides of the open layer, CSS px. */
const MARGIN_PX = 24;

/** Scrolls to the open layer where the strip has no room for all. @param {HTMLElement} host */
function bringIntoSight(host) {
  const scroller = host.querySelector('.flow-scroller');
  const current = scroller?.querySelector('.flow-title[aria-current]');
  if (!scroller || !current) return;
  const [seen, place] = [scroller.getBoundingClientRect(), current.getBoundingClientRect()];
  const isSeen = place.left >= seen.left + MARGIN_PX && place.right <= seen.right - MARGIN_PX;
  if (isSeen) return;
  scroller.scrollLeft += (place.left + place.right - seen.left - seen.right) / 2;
}

/** Keeps the open layer in sight of the strip, however it was opened. @param {NetworkInstance} instance */
export function startStrip(instance) {
  const { outline, view } = instance.network.signals;
  /** @type {unknown} */
  let before = null;
  instance.effect(() => {
    const open = 'layer' in view.value ? `${outline.value?.name} ${view.value.layer}` : null;
    if (open === before) return;
    before = open;
    // Before the frame that shows it, so that what comes into sight is painted in the same one.
    if (open) queueMicrotask(() => bringIntoSight(instance.host));
  });
}
