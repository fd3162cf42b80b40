// How much of the input one output value sees.

import { axesOf, operandsOf } from '../operations/registry.js';

/**
 * @import {Experiment} from '../experiment/experiment.js'
 * @import {AxisMap} from '../operations/axis_map.js'
 */

/**
 * The most rows and columns between the first and the last input line that one output line reads,
 * padding included; of a chain, those of the first operation's input.
 * @param {readonly Experiment[]} chain
 * @returns {[number, number]}
 */
export function reachOf(chain) {
  const sizes = chain.map((experiment) => {
    const { height, width } = axesOf(experiment);
    return [spanOf(height), spanOf(width)];
  });
  const along = (/** @type {0 | 1} */ side) => {
    let [reach, jump] = [1, 1];
    chain.forEach((experiment, at) => {
      reach += (sizes[at][side] - 1) * jump;
      jump *= operandsOf(experiment).settings.stride[side];
    });
    return reach;
  };
  return [along(0), along(1)];
}

/** The longest way between two input lines of one output line, both counted. @param {AxisMap} axis */
function spanOf({ meetings }) {
  /** @type {Map<number, {first: number, last: number}>} */
  const spans = new Map();
  for (const { input, target } of meetings) {
    if (target === null) continue;
    const { first, last } = spans.get(target) ?? { first: input, last: input };
    spans.set(target, { first: Math.min(first, input), last: Math.max(last, input) });
  }
  return Math.max(1, ...[...spans.values()].map(({ first, last }) => last - first + 1));
}
