import { effect, untracked } from '@preact/signals-core';

import { startCheck } from './check.js';
import { startGradientCheck } from './gradient_check.js';
import { followInput } from './input_actions.js';

/** @import {LabState} from './store.js' */

/**
 * Keeps the Lab beside on the input of this one, whatever is undone there.
 * @param {LabState} lab
 * @returns {() => void} stops it
 */
function shareInput(lab) {
  return effect(() => {
    const beside = lab.other.value;
    const { input } = lab.experiment.value;
    if (beside && beside.experiment.value.input !== input) {
      untracked(() => followInput(beside, input));
    }
  });
}

/**
 * Brings a Lab to life: PyTorch is asked for its numbers, and what is compared stays on one input.
 * @param {LabState} lab
 * @returns {() => void} stops it
 */
export function startLab(lab) {
  const stops = [shareInput(lab), startCheck(lab), startGradientCheck(lab)];
  return () => stops.forEach((stop) => stop());
}
