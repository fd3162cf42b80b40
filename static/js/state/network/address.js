import { effect, untracked } from '@preact/signals-core';

import { steps } from './actions.js';
import { changed, drawing, preparation } from './drawing.js';
import { network, rangeMode, view, zoom } from './store.js';
import {
  WITHIN_NETWORK,
  addressFields,
  arrived,
  newest,
  readAddress,
  stateAddress,
  viewFrom,
  viewText,
} from './url_state.js';

/**
 * What the page keeps with an entry of the history that it wrote: what the entry before has open,
 * where it wrote that too.
 * @typedef {{isOurs?: boolean, before?: string}} Entry
 */

/** The address is written at most this often: browsers limit the rate. */
const WRITE_AFTER_MS = 300;

/** @returns {Entry} */
const entry = () => history.state ?? {};

/** What the address has open, as text. */
const openInAddress = () => viewText(viewFrom(addressFields().get('open') ?? ''));

/** Takes all of the address. */
async function takeLink() {
  await readAddress(WITHIN_NETWORK);
  arrived.value = changed.value;
}

/** What is opened, as steps of the browser's history. */
class Steps {
  /** Whether the newest step goes back by Esc. */
  #isBack = false;
  /** Whether the browser is on its way to the entry before. */
  #isReturning = false;

  /** Brings the address of the present entry up to what is shown; that of one it leaves stays. */
  write() {
    if (this.#isReturning) return;
    history.replaceState({ ...entry(), isOurs: true }, '', stateAddress());
  }

  /** Follows what is open now. */
  follow() {
    this.#isBack = steps.isBack;
    if (!this.#isReturning) this.#step();
  }

  /**
   * Follows the browser to another entry.
   * @param {Entry | null} state
   */
  async arrive(state) {
    if (this.#isReturning) {
      this.#isReturning = false;
      this.#step();
    } else if (state?.isOurs) await readAddress(['open']);
    else await takeLink();
    // The entry has kept an older drawing.
    this.write();
  }

  /**
   * One step of the history for what is open: a new entry, the one before where it is just that, or
   * another text of the present one, for a step from cell to cell and for Esc.
   */
  #step() {
    const [next, before] = [view.peek(), openInAddress()];
    if (viewText(next) === before) return;
    const from = viewFrom(before);
    const isWalk = next.kind === 'cell' && from.kind === 'cell' && next.layer === from.layer;
    if (this.#isBack && entry().before === viewText(next)) {
      this.#isReturning = true;
      history.back();
    } else if (this.#isBack || isWalk) this.write();
    else history.pushState({ isOurs: true, before }, '', stateAddress());
  }
}

/**
 * Keeps the address in step. What is opened is a step for Back, and Esc goes back in the history
 * where it came from there; everything else replaces. Back changes what is open, never the drawing;
 * an address that the reader enters is taken whole.
 */
export async function startAddress() {
  // One that was entered before this module was there.
  if (location.hash !== newest.read) await takeLink();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const path = new Steps();
  effect(() => {
    void view.value;
    untracked(() => path.follow());
  });
  effect(() => {
    void [network, rangeMode, zoom, preparation, drawing].map((each) => each.value);
    clearTimeout(timer);
    timer = setTimeout(() => path.write(), WRITE_AFTER_MS);
  });
  addEventListener('popstate', ({ state }) => {
    clearTimeout(timer);
    void path.arrive(state);
  });
  addEventListener('pagehide', () => path.write());
}
