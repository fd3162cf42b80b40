// One Lab: what it shows, and everything one can do in it. Buttons, keys, the address and the pointer
// call the same actions; nothing else writes to the signals.

import { once } from '../../core/once.js';
import * as change from './change.js';
import * as comparison from './comparison.js';
import * as input from './input_actions.js';
import { loadKernels } from './kernels.js';
import * as motion from './motion.js';
import { showPair } from './pair.js';
import * as panel from './panel.js';
import * as paste from './paste.js';
import { loadDigits, loadPhotographs, takeChoice, takeImage } from './pictures.js';
import * as settings from './settings_actions.js';
import { LabState } from './store.js';
import * as view from './view_actions.js';
import { takeTrained } from './weights.js';

/** @import {Experiment} from '../../core/experiment/experiment.js' */

const ACTIONS = {
  ...change,
  ...comparison,
  ...input,
  ...motion,
  ...panel,
  ...paste,
  ...settings,
  ...view,
  ...{ loadDigits, loadPhotographs, loadKernels, showPair, takeChoice, takeImage, takeTrained },
};

/**
 * What is done in one Lab, without saying in which.
 * @typedef {{[Name in keyof typeof ACTIONS]: (typeof ACTIONS)[Name] extends
 *   (lab: LabState, ...rest: infer Rest) => infer Done ? (...rest: Rest) => Done : never}} Actions
 *
 * @typedef {{readonly signals: LabState, readonly actions: Actions}} Lab
 */

/** The actions of a Lab. @param {LabState} signals @returns {Actions} */
function actionsOf(signals) {
  const bound = Object.entries(ACTIONS).map(([name, act]) => [
    name,
    (/** @type {unknown[]} */ ...rest) => Reflect.apply(act, null, [signals, ...rest]),
  ]);
  return Object.fromEntries(bound);
}

/** The Lab of a state. @type {(signals: LabState) => Lab} */
export const labOf = once((signals) => ({ signals, actions: actionsOf(signals) }));

/** A Lab, independent of every other. @param {Experiment} [initial] @returns {Lab} */
export const createLab = (initial) => labOf(new LabState(initial));
