import { Instance } from '../common/instance.js';

/**
 * What a part of the page is, wherever it stands: it is fetched when the page wants it, and shows the
 * training in an element of its own until it is taken out.
 * @typedef {{mount: (host: HTMLElement, training: import('../../state/train/training.js').Training) =>
 *   (() => void) | void}} Part
 *
 * @typedef {{readonly name: string, readonly title: string, readonly load: () => Promise<Part>,
 *   readonly isUntitled?: boolean}} Row  isUntitled: its title is for those who do not see the page
 */

/** One training on a page. */
export class TrainInstance extends Instance {
  /** @param {HTMLElement} host @param {import('../../state/train/training.js').Training} training */
  constructor(host, training) {
    super(host, 'train');
    this.training = training;
  }

  /** One of its places, by name. @param {string} name @returns {HTMLElement} */
  place(name) {
    const place = this.host.querySelector(`[data-place=${name}]`);
    if (!(place instanceof HTMLElement)) throw new Error(`the page has no place for its ${name}`);
    return place;
  }
}
