import { signal } from '@preact/signals-core';

/** @import {Network} from '../../state/network/network.js' */

/**
 * What comes behind the first picture: what shows the details, and what explains them; null before.
 * @typedef {typeof import('./detail.js')} Page
 * @typedef {{page: Page, detail: import('../../state/network/detail.js').Detail}} Loaded
 * @typedef {import('@preact/signals-core').Signal<Loaded | null>} Late
 */

/** @returns {Late} */
export const createLate = () => signal(null);

/** Loads it. @param {Late} late @param {Network} network */
export async function loadLate(late, network) {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const sheets = document.querySelectorAll('link[data-late]');
  const dressed = Array.from(sheets, (sheet) => {
    const isThere = new Promise((done) => (sheet.onload = sheet.onerror = done));
    sheet.disabled = false;
    return isThere;
  });
  const page = await import('./detail.js');
  // What they dress must not be seen without them.
  await Promise.all(dressed);
  const loaded = { page, detail: page.createDetail(network.signals) };
  late.value = loaded;
  return loaded;
}
