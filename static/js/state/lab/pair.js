// A ready-made pair, laid over what the reader had, who gets that back.

import { isAlike } from '../../core/link/alike.js';
import { withInput } from '../../core/experiment/experiment.js';
import { nearestExperiment } from '../../core/experiment/nearest_experiment.js';
import { asOneStep } from './around.js';
import { change } from './change.js';
import { finish } from './motion.js';
import { LabState } from './store.js';

/**
 * @import {Pair} from '../../core/compare/pairs.js'
 * @import {Experiment} from './store.js'
 */

/** A Lab to stand beside, without a past. @param {Experiment} wanted */
export const labOn = (wanted) => new LabState(nearestExperiment(wanted)?.experiment ?? wanted);

/**
 * What is the reader's own: what stood there before the pair that is open, with whatever has been changed
 * of it since.
 * @param {LabState} lab
 */
function ownOf({ experiment, other, comparison }) {
  const { opened, isTwice } = comparison;
  const [now, beside] = [experiment.value, other.value];
  const present = { experiment: now, other: beside, isTwice: isTwice.value };
  if (!opened) return present;
  const { sides, isTwice: wasTwice } = opened.brought;
  const isBrought = (/** @type {Experiment} */ one) => sides.some((side) => isAlike(side, one));
  // Who sets A takes the pair over, and B is what A stands beside.
  if (!isBrought(now)) return present;
  const isSame = beside && isBrought(beside.experiment.value) && isTwice.value === wasTwice;
  const { input } = now;
  return {
    ...(isSame ? { other: opened.other, isTwice: opened.isTwice } : present),
    // The input is that of both sides: what is painted there is not the pair's.
    experiment: input === sides[0].input ? opened.experiment : withInput(opened.experiment, input),
  };
}

/** Shows a ready-made pair, A in hand. @param {LabState} lab @param {Pair} pair */
export function showPair(lab, pair) {
  const { comparison } = lab;
  const own = ownOf(lab);
  const made = pair.make(own.experiment);
  asOneStep(lab, () => {
    change(lab, { ...made.experiment });
    // A Lab of its own, so that no undo of B takes back half a pair.
    const beside = labOn(made.other);
    lab.other.value = beside;
    comparison.isTwice.value = made.isTwice;
    comparison.isBesideSet.value = false;
    lab.see.value = { kind: 'compare' };
    finish(lab);
    const sides = [lab.experiment.value, beside.experiment.value];
    comparison.opened = { ...own, brought: { sides, isTwice: made.isTwice } };
    comparison.lastPair.value = { pair, sides: comparison.sides.value };
    comparison.pairName.value = pair.name;
  });
}

/**
 * Leaves the comparison: a pair that is open gives back what stood there before it.
 * @param {LabState} lab
 * @param {() => void} leave  shows another view
 */
export function leavePair(lab, leave) {
  const own = ownOf(lab);
  asOneStep(lab, () => {
    lab.comparison.opened = null;
    if (own.experiment !== lab.experiment.value) {
      change(lab, { ...own.experiment });
      lab.other.value = own.other;
      lab.comparison.isTwice.value = own.isTwice;
    }
    leave();
  });
}
