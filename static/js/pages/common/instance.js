import { effect } from '@preact/signals-core';

import { renderInFrames } from './frames.js';

/** How many instruments of each word this page has had. @type {Map<string, number>} */
const counts = new Map();

/** One instrument on a page: where it is, and until when. */
export class Instance {
  #ending = new AbortController();

  /** @param {HTMLElement} host @param {string} word  what it is */
  constructor(host, word) {
    this.host = host;
    const count = (counts.get(word) ?? 0) + 1;
    counts.set(word, count);
    /** What ids and names begin with. */
    this.id = count === 1 ? word : `${word}-${count}`;
  }

  /** Aborts when it ends. */
  get living() {
    return this.#ending.signal;
  }

  /** Does something at the end, or at once where that has been. @param {() => void} stop */
  atEnd(stop) {
    if (this.living.aborted) stop();
    else this.living.addEventListener('abort', stop);
  }

  /** Does something now, and again whenever a signal that it reads changes. @param {() => void} act */
  effect(act) {
    this.atEnd(effect(act));
  }

  /**
   * Renders a template into a place of it, at most once a frame.
   * @template T
   * @param {() => T} read
   * @param {(model: T) => unknown} view
   * @param {HTMLElement} place
   * @param {import('./frames.js').Schedule} [schedule]
   */
  render(read, view, place, schedule) {
    this.atEnd(renderInFrames(read, view, place, schedule));
  }

  end() {
    this.#ending.abort();
  }
}
