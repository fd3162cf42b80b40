// What stands around the experiment in the middle, where one step of undo is more than that experiment.

import { batch } from '@preact/signals-core';

/**
 * @import {Opened, ShownPair} from './comparison_state.js'
 * @import {LabState, See} from './store.js'
 *
 * @typedef {object} Around
 * @property {LabState | null} other
 * @property {boolean} isTwice
 * @property {ShownPair | null} lastPair
 * @property {Opened | null} opened
 * @property {See} see
 *
 * @typedef {{readonly before: Around, readonly after: Around}} Step
 */

/** @param {LabState} lab @returns {Around} */
const aroundOf = ({ other, comparison, see }) => ({
  other: other.value,
  isTwice: comparison.isTwice.value,
  lastPair: comparison.lastPair.value,
  opened: comparison.opened,
  see: see.value,
});

/** @param {LabState} lab @param {Around} around */
function putAround(lab, { other, isTwice, lastPair, opened, see }) {
  lab.other.value = other;
  lab.comparison.isTwice.value = isTwice;
  lab.comparison.lastPair.value = lastPair;
  lab.comparison.opened = opened;
  lab.see.value = see;
}

/**
 * Does what changes both sides of a comparison, or its view, as one step of undo.
 * @param {LabState} lab
 * @param {() => void} act  it shows an experiment that was never shown before, or leaves it as it is
 */
export function asOneStep(lab, act) {
  const [former, before] = [lab.experiment.value, aroundOf(lab)];
  batch(act);
  const now = lab.experiment.value;
  if (now !== former) lab.comparison.steps.set(now, { before, after: aroundOf(lab) });
}

/**
 * Goes one experiment back, with what stood around it.
 * @param {LabState} lab
 */
export function stepBack(lab) {
  const step = lab.comparison.steps.get(lab.experiment.value);
  if (lab.experiments.undo() && step) putAround(lab, step.before);
}

/** Takes the newest step back up. @param {LabState} lab */
export function stepForth(lab) {
  if (!lab.experiments.redo()) return;
  const step = lab.comparison.steps.get(lab.experiment.value);
  if (step) putAround(lab, step.after);
}
