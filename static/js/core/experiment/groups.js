// The numbers of groups that a convolution may have.

import { groupsOf } from './control_range.js';
import { withDepthMultiplier, withGroups } from './change_settings.js';
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

/**
 * The experiment with one of these numbers of groups.
 * @param {Experiment} experiment  a convolution
 * @param {number} groups
 */
export function withGroupStep(experiment, groups) {
  const { possible, multiplier } = groupSteps(experiment);
  return possible.includes(groups)
    ? withGroups(experiment, groups)
    : withDepthMultiplier(experiment, multiplier);
}
