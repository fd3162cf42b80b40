import { signal } from '@preact/signals-core';

/**
 * What comes behind the first picture: what shows the details, and what explains them; null before.
 * @typedef {typeof import('./detail.js')} Page
 * @typedef {{page: Page, detail: import('../../state/network/detail.js').Detail}} Loaded
 * @typedef {import('@preact/signals-core').Signal<Loaded | null>} Late
 */

/** @returns {Late} */
export const createLate = () => signal(null);

/**
 * Loads it.
 * @param {Late} late
 * @param {import('../../state/network/network.js').Network} network
 */
export async function loadLate(late, network) {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const sheets = document.querySelectorAll('link[data-late]');
  for (const sheet of sheets) sheet.disabled = false;
  const page = await import('./detail.js');
  const loaded = { page, detail: page.createDetail(network.signals) };
  late.value = loaded;
  return loaded;
}
