// Every change of an experiment's weight, bias and output gradient.

import { nearestGroups } from './change_settings.js';
import { kernelStart, layoutOf, placed } from './weight_layout.js';
import { MOST_FILTERS, within } from '../limits.js';
import { outputGradientOf } from './outcome.js';
import { kernelsOf, refit } from './refit.js';

/** @import {Experiment, Position, Values} from './experiment.js' */

/**
 * Another weight, in the layout of the operation; one for other channels is fitted to the input's.
 * @param {Experiment} experiment
 * @param {Values} weight  four sizes
 * @param {number} [groups]  of this weight
 * @returns {Experiment}
 */
export function withWeight(experiment, weight, groups = layoutOf(experiment).groups) {
  const before = layoutOf(experiment);
  const { isTransposed } = before;
  const [first, second, height, width] = weight.shape;
  const kernelSize = /** @type {const} */ ([height, width]);
  const inChannels = isTransposed ? first : second * groups;
  const outChannels = isTransposed ? second * groups : first;
  const layout = { isTransposed, inChannels, outChannels, groups, kernelSize };
  const filters = Math.min(outChannels, MOST_FILTERS);
  const parts = nearestGroups(before.inChannels, filters, groups);
  const to = { ...layout, inChannels: before.inChannels, outChannels: filters, groups: parts };
  return refit(experiment, to, { weight, layout });
}

/**
 * One kernel over every channel of a filter, or of all filters; all kernels take its size, the others
 * keeping their middle.
 * @param {Experiment} experiment
 * @param {Values} kernel  (K_h, K_w)
 * @param {number | null} [filter]  null: every filter
 * @returns {Experiment}
 */
export function withKernel(experiment, kernel, filter = null) {
  const [height, width] = kernel.shape;
  const to = { ...layoutOf(experiment), kernelSize: /** @type {const} */ ([height, width]) };
  const { shape, data } = refit(experiment, to, kernelsOf(experiment)).weight;
  const filled = data.slice();
  for (let target = 0; target < to.outChannels; target++) {
    if (filter !== null && target !== filter) continue;
    for (let channel = 0; channel < to.inChannels; channel++) {
      const start = kernelStart(to, target, channel);
      if (start >= 0) filled.set(placed(kernel, to.kernelSize), start);
    }
  }
  return refit(experiment, to, { weight: { shape, data: filled }, layout: to });
}

/**
 * More or fewer filters. A new one is a well-known kernel; the groups become as many as still divide.
 * @param {Experiment} experiment
 * @param {number} filters
 */
export function withOutChannels(experiment, filters) {
  const from = kernelsOf(experiment);
  const outChannels = within(filters, 1, MOST_FILTERS);
  const groups = nearestGroups(from.layout.inChannels, outChannels, from.layout.groups);
  return refit(experiment, { ...from.layout, outChannels, groups }, from);
}

/**
 * One weight changed.
 * @param {Experiment} experiment
 * @param {readonly [number, number, number, number]} index  along the weight's axes
 * @param {number} value
 * @returns {Experiment}
 */
export function withWeightCell(experiment, [first, second, row, column], value) {
  const { shape, data } = experiment.weight;
  const changed = data.slice();
  changed[((first * shape[1] + second) * shape[2] + row) * shape[3] + column] = value;
  return { ...experiment, weight: { shape, data: changed } };
}

/**
 * Another bias: one number for each filter, or null for none.
 * @param {Experiment} experiment
 * @param {Float64Array | null} bias
 */
export function withBias(experiment, bias) {
  const from = kernelsOf(experiment);
  return refit({ ...experiment, bias }, from.layout, from);
}

/** The bias of one filter changed. @param {Experiment} experiment @param {number} filter @param {number} value */
export function withBiasCell(experiment, filter, value) {
  const bias = experiment.bias?.slice() ?? new Float64Array(layoutOf(experiment).outChannels);
  bias[filter] = value;
  return withBias(experiment, bias);
}

/**
 * How much one output value matters changed.
 * @param {Experiment} experiment
 * @param {Position} place  in the output
 * @param {number} value
 * @returns {Experiment}
 */
export function withOutputGradientCell(experiment, { channel, row, column }, value) {
  const given = outputGradientOf(experiment);
  if (!given) return experiment;
  const { shape, data } = given;
  const changed = data.slice();
  changed[(channel * shape[1] + row) * shape[2] + column] = value;
  return { ...experiment, outputGradient: { shape, data: changed } };
}
