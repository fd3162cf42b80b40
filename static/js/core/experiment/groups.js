// The numbers of groups that a convolution may have.

import { groupsOf } from './control_range.js';
import { filtersOf } from './shapes.js';

/** @import {Experiment} from './experiment.js' */

/**
 * The numbers of groups that can be chosen: those that the filters can be divided into, and as many as
 * there are input channels, for which filters are added.
 * @param {Experiment} experiment  a convolution
 */
export function groupSteps(experiment) {
  const [channels, filters] = [experiment.input.shape[0], filtersOf(experiment)];
  const possible = groupsOf(channels, filters);
  const steps = possible.includes(channels) ? possible : [...possible, channels];
  return { steps, possible, channels, multiplier: Math.max(1, Math.round(filters / channels)) };
}
