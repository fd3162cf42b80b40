// The one way in which the experiment changes: what is impossible is mended, and it is said how.
//
// change(next, key?)     shows another experiment, the nearest possible one
// changes(how, key?)     the same from what is shown now

import { batch } from '@preact/signals-core';

import { mendedExperiment } from '../../core/lab/mended.js';
import { seeKindsOf } from '../../core/lab/place.js';
import { experiment, replace } from './history.js';
import { notice, see } from './store.js';

/** @typedef {import('../../core/lab/experiment.js').Experiment} Experiment */

/**
 * Shows another experiment. One that cannot be computed is brought to the nearest that can; where
 * there is none, all stays as it is.
 * @param {Experiment} next
 * @param {string} [key]  of what kind the change is, so that a drag is one step of undo
 * @returns {boolean} whether it is shown
 */
export function change(next, key = '') {
  const possible = mendedExperiment(next);
  if (!possible) return false;
  batch(() => {
    replace(possible.experiment, key);
    notice.value = possible.notice;
    const kinds = seeKindsOf(possible.experiment.operation);
    if (!kinds.includes(see.value.kind)) see.value = { kind: kinds[0] };
  });
  return true;
}

/**
 * Shows what a change makes of the present experiment.
 * @param {(now: Experiment) => Experiment} how
 * @param {string} [key]
 */
export function changes(how, key = '') {
  return change(how(experiment.value), key);
}
