// Whether two experiments are the same but for their input.

import { withInput } from '../experiment/change_input.js';
import { writeExperiment } from './experiment_code.js';

/** @import {Experiment} from '../experiment/experiment.js' */

/**
 * Whether one does to its input what the other does, kernels having followed the input's channels.
 * @param {Experiment} one
 * @param {Experiment} other
 */
export function isAlike(one, other) {
  const { input } = other;
  const followed = input === one.input ? one : withInput(one, input);
  const [here, there] = [followed, other].map((each) => JSON.stringify(writeExperiment(each)));
  return here === there;
}
