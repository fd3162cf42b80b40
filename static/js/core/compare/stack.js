// One operation after the other: what two small kernels do in place of a large one.

import { withInput } from '../experiment/change_input.js';
import { layoutOf, kernelStart } from '../experiment/weight_layout.js';
import { outcome } from '../experiment/outcome.js';
import { once } from '../once.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {Computed} from '../experiment/outcome.js'
 */

/**
 * The experiment alone, or followed by the same once more on its output. Where that has another number
 * of channels, the kernels follow it. What cannot be computed is not followed by anything.
 * @param {Experiment} experiment
 * @param {boolean} isTwice
 * @returns {Experiment[]}
 */
export function chainOf(experiment, isTwice) {
  const first = outcome(experiment);
  if (!isTwice || first.kind === 'refused') return [experiment];
  return [experiment, follower(experiment)];
}

/** The same once more on the output, where there is one. @type {(experiment: Experiment) => Experiment} */
const follower = once((experiment) => {
  const { output } = /** @type {Computed} */ (outcome(experiment));
  return withInput({ ...experiment, outputGradient: null }, output);
});

/**
 * The weight of the one convolution that gives what two with stride 1 and dilation 1 give, away from
 * their padding: every kernel of the second spread by every kernel of the first.
 * @param {Experiment} first  without groups
 * @param {Experiment} second  on the output of the first
 * @returns {Values}
 */
export function composed(first, second) {
  const [one, two] = [layoutOf(first), layoutOf(second)];
  const [rows, columns] = [0, 1].map((side) => one.kernelSize[side] + two.kernelSize[side] - 1);
  const shape = [two.outChannels, one.inChannels, rows, columns];
  const data = new Float64Array(shape.reduce((product, size) => product * size, 1));
  for (let filter = 0; filter < two.outChannels; filter++) {
    for (let channel = 0; channel < one.inChannels; channel++) {
      const start = (filter * one.inChannels + channel) * rows * columns;
      for (let middle = 0; middle < one.outChannels; middle++) {
        const inner = {
          data: first.weight.data,
          start: kernelStart(one, middle, channel),
          size: one.kernelSize,
        };
        const outer = {
          data: second.weight.data,
          start: kernelStart(two, filter, middle),
          size: two.kernelSize,
        };
        addSpread(data, start, columns, inner, outer);
      }
    }
  }
  return { shape, data };
}

/**
 * Adds one kernel at every place of another, weighed by what stands there.
 * @param {Float64Array} sums
 * @param {number} start
 * @param {number} width  of the sums
 * @param {{data: Float64Array, start: number, size: readonly number[]}} inner
 * @param {{data: Float64Array, start: number, size: readonly number[]}} outer
 */
function addSpread(sums, start, width, inner, outer) {
  for (let at = 0; at < outer.size[0] * outer.size[1]; at++) {
    const [row, column] = [Math.floor(at / outer.size[1]), at % outer.size[1]];
    for (let under = 0; under < inner.size[0] * inner.size[1]; under++) {
      const [down, across] = [Math.floor(under / inner.size[1]), under % inner.size[1]];
      sums[start + (row + down) * width + column + across] +=
        outer.data[outer.start + at] * inner.data[inner.start + under];
    }
  }
}
