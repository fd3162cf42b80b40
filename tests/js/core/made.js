// Experiments to test with.
import { EXAMPLE, withInput } from '../../../static/js/core/experiment/experiment.js';

/** @typedef {import('../../../static/js/core/experiment/experiment.js').Experiment} Experiment */

/**
 * Numbers of no pattern, each different.
 * @param {number[]} shape
 * @returns {import('../../../static/js/core/experiment/experiment.js').Values}
 */
export function numbers(...shape) {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return { shape, data: Float64Array.from({ length: size }, (_, at) => Math.sin(at * 1.7 + 1)) };
}

/**
 * The example with another input.
 * @param {number[]} shape  (C, H, W)
 * @returns {Experiment}
 */
export function onInput(...shape) {
  return withInput(EXAMPLE, numbers(...shape));
}

/** The kernels of a weight, as lists. @param {Experiment} experiment */
export function kernels({ weight: { shape, data } }) {
  const area = shape[2] * shape[3];
  return Array.from({ length: shape[0] * shape[1] }, (_, at) =>
    Array.from(data.subarray(at * area, (at + 1) * area)),
  );
}
