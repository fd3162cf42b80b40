// Which channels meet, and the weight that stands between two of them.

import { operandsOf, operationOf } from '../operations/registry.js';

/** @import {Experiment} from '../experiment/experiment.js' */

/**
 * The channels that a channel meets on the other side: those of its group; of a pooling, itself.
 * @param {Experiment} experiment
 * @param {'input' | 'output'} side  the side the channel is on
 * @param {number} channel
 * @returns {number[]}
 */
export function partnersOf(experiment, side, channel) {
  if (!operationOf(experiment).hasWeight) return [channel];
  const { groups } = operandsOf(experiment).settings;
  const [inside, outside] = channelsPerGroup(experiment, groups);
  const [own, other] = side === 'input' ? [inside, outside] : [outside, inside];
  const first = Math.floor(channel / own) * other;
  return Array.from({ length: other }, (_, index) => first + index);
}

/**
 * How many input and output channels there are in a group.
 * @param {Experiment} experiment  a convolution of either sort
 * @param {number} groups
 * @returns {[number, number]}
 */
function channelsPerGroup(experiment, groups) {
  const { input, weight } = experiment;
  const { isTransposed } = operationOf(experiment);
  const outside = isTransposed ? weight.shape[1] : weight.shape[0] / groups;
  return [input.shape[0] / groups, outside];
}

/**
 * One weight, by the output channel and the input channel it stands between.
 * @param {Experiment} experiment  a convolution of either sort
 * @param {number} filter  output channel
 * @param {number} channel  input channel, of the same group
 * @param {number} row
 * @param {number} column
 */
export function weightAt(experiment, filter, channel, row, column) {
  return experiment.weight.data[weightIndex(experiment, filter, channel, row, column)];
}

/**
 * Where a weight lies in the weight's data.
 * @param {Experiment} experiment  a convolution of either sort
 * @param {number} filter  output channel
 * @param {number} channel  input channel, of the same group
 * @param {number} row
 * @param {number} column
 */
export function weightIndex(experiment, filter, channel, row, column) {
  const [, perGroup, height, width] = experiment.weight.shape;
  const plane = operationOf(experiment).isTransposed
    ? channel * perGroup + (filter % perGroup)
    : filter * perGroup + (channel % perGroup);
  return (plane * height + row) * width + column;
}
