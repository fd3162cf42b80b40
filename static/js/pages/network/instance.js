import { signal } from '@preact/signals-core';

import { whileWaiting } from '../common/frames.js';
import { Instance } from '../common/instance.js';

/**
 * What comes behind the first picture: what shows the details, and what explains them.
 * @typedef {typeof import('./detail.js')} Page
 * @typedef {{page: Page, detail: import('../../state/network/detail.js').Detail}} Loaded
 * @typedef {{prediction: import('../../state/network/store.js').Forward['document']['prediction'] | null,
 *   remark: string}} Told
 */

/**
 * Fetches style sheets that come behind the first picture: what they dress must not be seen without them.
 * @param {string} part  which, as the page has it; '' what follows at once
 */
export function dress(part) {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const sheets = document.querySelectorAll(`link[data-late="${part}"][disabled]`);
  const dressed = Array.from(sheets, (sheet) => {
    const isThere = new Promise((done) => (sheet.onload = sheet.onerror = done));
    sheet.disabled = false;
    return isThere;
  });
  return Promise.all(dressed);
}

/** What changes faster than this cannot be read or compared; to lay it out would only take time. */
const READABLE_MS = 100;
/** While a pen is drawing it is asked for a picture about once a frame. */
const TWO_FRAMES_MS = 34;

/** One network on a page. */
export class NetworkInstance extends Instance {
  /** Null before the first picture stands. @type {import('@preact/signals-core').Signal<Loaded | null>} */
  late = signal(null);
  /** What is said of the picture, at the pace at which that is read. @type {import('@preact/signals-core').Signal<Told>} */
  told = signal({ prediction: null, remark: '' });
  #behind = whileWaiting(READABLE_MS, TWO_FRAMES_MS, () => void this.host.offsetHeight);
  /** The page waits for an answer from here on. */
  beginToWait = () => this.#behind.begin();
  /** The first answer of the network that is shown. @type {object | null} */
  #first = null;
  /** Of the window's height, what the network may take. */
  share = signal(1);

  /** @param {HTMLElement} host @param {import('../../state/network/network.js').Network} network */
  constructor(host, network) {
    super(host, 'network');
    this.network = network;
    this.atEnd(() => this.#behind.end());
    /** What ids and names begin with: those of the first have nothing before them. */
    this.prefix = this.id === 'network' ? '' : `${this.id}-`;
  }

  /**
   * Shows what is read: all of it in one frame behind the maps', but of a network's first picture in theirs.
   * @type {import('../common/frames.js').Schedule}
   */
  afterPicture = (act) => {
    const now = this.network.signals.forward.peek();
    this.#first = now && (this.#first ?? now);
    if (now === this.#first) requestAnimationFrame(act);
    else this.#behind.schedule(act);
  };

  /** One of its places, by name. @param {string} name @returns {HTMLElement} */
  place(name) {
    const place = this.host.querySelector(`[data-place=${name}]`);
    if (!(place instanceof HTMLElement))
      throw new Error(`the network has no place for its ${name}`);
    return place;
  }

  /** Loads what comes behind the first picture. */
  async loadLate() {
    const dressed = dress('');
    const page = await import('./detail.js');
    await dressed;
    const loaded = { page, detail: page.createDetail(this.network.signals) };
    this.late.value = loaded;
    return loaded;
  }
}
