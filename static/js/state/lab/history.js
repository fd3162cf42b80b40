// The experiment and what was before it.
//
// experiment, canUndo, canRedo    signals
// replace(next, key?, at?)        the one way to change it; changes of one kind in a row are one step
// forgetKey()                     what comes next is a step of its own
// undo(), redo()

import { EXAMPLE } from '../../core/experiment/experiment.js';
import { Undo } from '../undo.js';

/** @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment */

/** @type {Undo<Experiment>} */
const experiments = new Undo(EXAMPLE, 100);

export const { present: experiment, canUndo, canRedo } = experiments;

export const replace = experiments.replace.bind(experiments);
export const begin = experiments.begin.bind(experiments);
export const forgetKey = experiments.forgetKey.bind(experiments);
export const undo = experiments.undo.bind(experiments);
export const redo = experiments.redo.bind(experiments);
