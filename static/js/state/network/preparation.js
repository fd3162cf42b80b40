import { batch, signal } from '@preact/signals-core';

import { changed } from './history.js';

/**
 * @typedef {'auto' | 'always' | 'never'} Invert
 * @typedef {{readonly crop: boolean, readonly box: boolean, readonly centre: boolean,
 *   readonly invert: Invert}} Preparation
 */

/** Which steps turn the drawing into the network's input. */
export const preparation = signal(
  /** @type {Preparation} */ ({ crop: true, box: true, centre: true, invert: 'auto' }),
);

/**
 * @param {Partial<Preparation>} change
 * @param {number} [at]
 */
export function setPreparation(change, at = performance.now()) {
  batch(() => {
    preparation.value = { ...preparation.value, ...change };
    changed.value = { at };
  });
}
