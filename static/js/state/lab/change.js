// The one way in which the experiment changes: what is impossible is mended, and it is said how.

import { batch } from '@preact/signals-core';

import { nearestExperiment } from '../../core/experiment/nearest_experiment.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { stepBack, stepForth } from './around.js';

/**
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {LabState} from './store.js'
 */

/**
 * Shows another experiment. One that cannot be computed is brought to the nearest that can; where
 * there is none, all stays as it is.
 * @param {LabState} lab
 * @param {Experiment} next
 * @param {string} [key]  of what kind the change is, so that a drag is one step of undo
 * @returns {boolean} whether it is shown
 */
export function change(lab, next, key = '') {
  const possible = nearestExperiment(next);
  if (!possible) return false;
  batch(() => {
    lab.experiments.replace(possible.experiment, key);
    lab.notice.value = possible.notice;
    keepView(lab);
  });
  return true;
}

/** Shows the present operation in its usual view where it has not the one that is open. @param {LabState} lab */
function keepView(lab) {
  const kinds = seeKindsOf(lab.experiment.value.operation);
  if (!kinds.includes(lab.see.value.kind)) lab.see.value = { kind: kinds[0] };
}

/** Goes back to the former experiment. @param {LabState} lab */
export function undo(lab) {
  batch(() => {
    stepBack(lab);
    keepView(lab);
  });
}

/** Takes the newest undo back. @param {LabState} lab */
export function redo(lab) {
  batch(() => {
    stepForth(lab);
    keepView(lab);
  });
}

/**
 * Shows what a change makes of the present experiment.
 * @param {LabState} lab
 * @param {(now: Experiment) => Experiment} how
 * @param {string} [key]
 */
export function changes(lab, how, key = '') {
  return change(lab, how(lab.experiment.value), key);
}
