// The one way in which the experiment changes: what is impossible is mended, and it is said how.
//
// change(next, key?)     shows another experiment, the nearest possible one
// changes(how, key?)     the same from what is shown now
// undo(), redo()

import { batch } from '@preact/signals-core';

import { mendedExperiment } from '../../core/experiment/nearest_experiment.js';
import { seeKindsOf } from '../../core/stage/place.js';
import * as history from './history.js';
import { experiment, replace } from './history.js';
import { notice, see } from './store.js';

/** @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment */

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
    keepView();
  });
  return true;
}

/** Shows the present operation in its usual view where it has not the one that is open. */
function keepView() {
  const kinds = seeKindsOf(experiment.value.operation);
  if (!kinds.includes(see.value.kind)) see.value = { kind: kinds[0] };
}

/** Goes back to the former experiment. */
export function undo() {
  batch(() => {
    history.undo();
    keepView();
  });
}

/** Takes the newest undo back. */
export function redo() {
  batch(() => {
    history.redo();
    keepView();
  });
}

/**
 * Shows what a change makes of the present experiment.
 * @param {(now: Experiment) => Experiment} how
 * @param {string} [key]
 */
export function changes(how, key = '') {
  return change(how(experiment.value), key);
}
