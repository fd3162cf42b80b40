// Every change of an experiment's input.

import { MOST_CHANNELS, MOST_FILTERS, MOST_LINES, within } from '../limits.js';
import { nearestGroups } from './change_settings.js';
import { kernelsOf, overlapping, refit } from './refit.js';
import { variation } from '../input/patterns.js';

/** @import {Experiment, Position, Values} from './experiment.js' */

/**
 * Another input. Where it has another number of channels the kernels follow; what is depthwise stays
 * depthwise.
 * @param {Experiment} experiment
 * @param {Values} input  (C, H, W)
 * @returns {Experiment}
 */
export function withInput(experiment, input) {
  const from = kernelsOf(experiment);
  const { inChannels: before, outChannels: filters, groups: parts } = from.layout;
  const inChannels = input.shape[0];
  const changed = { ...experiment, input };
  if (inChannels === before) return refit(changed, from.layout, from);
  const isDepthwise = parts > 1 && parts === before;
  const outChannels = isDepthwise
    ? inChannels * within(filters / before, 1, Math.max(1, Math.floor(MOST_FILTERS / inChannels)))
    : filters;
  const groups = isDepthwise ? inChannels : nearestGroups(inChannels, outChannels, parts);
  return refit(changed, { ...from.layout, inChannels, outChannels, groups }, from);
}

/**
 * More or fewer rows and columns: cut off at the bottom and the right, or filled up with zeros there.
 * @param {Experiment} experiment
 * @param {number} height
 * @param {number} width
 */
export function withInputSize(experiment, height, width) {
  const { input } = experiment;
  const size = [within(height, 1, MOST_LINES), within(width, 1, MOST_LINES)];
  return withInput(experiment, overlapping(input, [input.shape[0], ...size], 0));
}

/**
 * More or fewer channels; a new one is a mirror image of the first, so that each is a picture of its
 * own.
 * @param {Experiment} experiment
 * @param {number} channels
 */
export function withInChannels(experiment, channels) {
  const { shape, data } = experiment.input;
  const [known, height, width] = shape;
  const count = within(channels, 1, MOST_CHANNELS);
  const area = height * width;
  const wider = new Float64Array(count * area);
  wider.set(data.subarray(0, Math.min(count, known) * area));
  for (let channel = known; channel < count; channel++) {
    wider.set(variation(data.subarray(0, area), height, width, channel), channel * area);
  }
  return withInput(experiment, { shape: [count, height, width], data: wider });
}

/**
 * One value changed.
 * @param {Experiment} experiment
 * @param {Position} place
 * @param {number} value
 * @returns {Experiment}
 */
export function withInputCell(experiment, { channel, row, column }, value) {
  const { shape, data } = experiment.input;
  const changed = data.slice();
  changed[(channel * shape[1] + row) * shape[2] + column] = value;
  return { ...experiment, input: { shape, data: changed } };
}
