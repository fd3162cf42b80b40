// All the numbers of a stage, so that drawing it computes nothing.

import { once } from '../once.js';
import { operationOf } from '../operations/registry.js';
import { planeOf } from './planes.js';

/**
 * @import {Box, Role} from './board.js'
 * @import {PlanesModel} from './planes.js'
 *
 * The smallest and the largest value that the colours of a role stand for.
 * @typedef {Record<Role, {readonly low: number, readonly high: number}>} Ranges
 * @typedef {{
 *   readonly planes: readonly {readonly box: Box, readonly plane: import('./plane.js').Plane}[],
 *   readonly ranges: Ranges,
 *   readonly isMaximum: boolean,
 * }} StagePicture
 */

/** Of an outcome and its gradients. @type {WeakMap<object, {of: unknown, ranges: Ranges}>} */
const known = new WeakMap();

/**
 * Every plane of a board with its numbers. With `isMaximum` padding is −∞.
 * @param {PlanesModel} model
 * @param {{readonly boxes: readonly Box[]}} board
 * @returns {StagePicture}
 */
export function pictureOf(model, { boxes }) {
  return {
    planes: boxes.map((box) => ({ box, plane: planeOf(model, box) })),
    ranges: rangesOf(model),
    isMaximum: operationOf(model.experiment).isMaximum,
  };
}

/**
 * From which value to which each sort of number is coloured: the input from 0 to 1 or as far as it
 * goes, all else as far below zero as above.
 * @param {Pick<PlanesModel, 'experiment' | 'outcome' | 'gradients'>} model
 * @returns {Ranges}
 */
export function rangesOf({ experiment, outcome, gradients }) {
  const before = known.get(outcome);
  if (before?.of === gradients) return before.ranges;
  const input = inputRange(experiment.input.data);
  const ranges = {
    input,
    window: input,
    kernel: around(experiment.weight.data),
    output: around(outcome.output.data),
    input_gradient: around(gradients?.input.data ?? []),
    kernel_gradient: around(gradients?.weight?.data ?? []),
    output_gradient: around(experiment.outputGradient?.data ?? [1]),
  };
  known.set(outcome, { of: gradients, ranges });
  return ranges;
}

const inputRange = once((/** @type {Float64Array} */ values) => {
  let [low, high] = [0, 1];
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isFinite(values[i])) continue;
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return { low, high };
});

/** @param {ArrayLike<number>} values */
function around(values) {
  let limit = 0;
  for (let i = 0; i < values.length; i += 1) {
    const size = Math.abs(values[i]);
    if (size > limit && Number.isFinite(size)) limit = size;
  }
  return { low: -(limit || 1), high: limit || 1 };
}
