// A photograph under the kernel of an experiment.

import { axesOf, operandsOf, operationOf } from '../operations/registry.js';

/** @import {Experiment, Values} from '../experiment/experiment.js' */

/**
 * `picture`: values 0…1 as light, `absolute`: without their sign, `signed`: around zero.
 * @typedef {'picture' | 'absolute' | 'signed'} Show
 */

const COLOURS = 3;

/**
 * The convolution of an experiment on a photograph. A filter of three channels reads red, green and
 * blue and makes one map of them; any other filter's first kernel goes over each colour by itself.
 * @param {Experiment} experiment
 * @param {Values} photo  (3, H, W)
 * @param {number} filter  the one that is looked at
 * @returns {Experiment}
 */
export function photoExperiment(experiment, photo, filter) {
  const { weight, bias, settings } = experiment;
  const [, channels, height, width] = weight.shape;
  const area = height * width;
  const start = filter * channels * area;
  const isMixing = channels === COLOURS;
  const kernels = isMixing ? 1 : COLOURS;
  const size = isMixing ? COLOURS * area : area;
  const data = new Float64Array(COLOURS * area);
  const chosen = weight.data.subarray(start, start + size);
  for (let kernel = 0; kernel < kernels; kernel++) data.set(chosen, kernel * size);
  return {
    ...experiment,
    input: photo,
    outputGradient: null,
    weight: { shape: [kernels, isMixing ? COLOURS : 1, height, width], data },
    bias: bias && new Float64Array(kernels).fill(bias[filter]),
    settings: { ...settings, groups: kernels },
  };
}

/**
 * What one pixel of the result is made of: one trace of all colours together, or one of each.
 * @param {Experiment} experiment  of photoExperiment
 * @param {{row: number, column: number}} place  in the result
 */
export function photoTraces(experiment, { row, column }) {
  const { trace } = operationOf(experiment);
  return Array.from(
    { length: experiment.weight.shape[0] },
    (_, channel) =>
      /** @type {import('../operations/conv2d.js').Conv2dTrace} */ (
        trace(operandsOf(experiment), { channel, row, column })
      ),
  );
}

/**
 * The pixel of the result whose window has a pixel of the photograph nearest its middle; null where
 * no window reads it.
 * @param {Experiment} experiment  of photoExperiment
 * @param {{row: number, column: number}} place  in the photograph
 */
export function pixelAround(experiment, { row, column }) {
  const [, height, width] = experiment.input.shape;
  // A pointer may still rest on a larger photograph that was there before.
  if (row >= height || column >= width) return null;
  const axes = axesOf(experiment);
  const [below, across] = [nearestReader(axes.height, row), nearestReader(axes.width, column)];
  return below === null || across === null ? null : { row: below, column: across };
}

/** @param {import('../operations/axis_map.js').AxisMap} axis @param {number} line */
function nearestReader(axis, line) {
  const middle = (axis.kernel - 1) / 2;
  const away = (/** @type {{kernel: number}} */ { kernel }) => Math.abs(kernel - middle);
  const [first] = axis.readers(line).sort((one, other) => away(one) - away(other));
  return first?.output ?? null;
}

/**
 * How a result is best looked at: a kernel whose weights add up to something keeps the light of the
 * picture, one whose weights cancel out finds differences, of either sign.
 * @param {Experiment} experiment
 * @returns {Show}
 */
export function usualShow({ weight }) {
  const [sum, size] = weight.data.reduce(
    ([total, absolute], value) => [total + value, absolute + Math.abs(value)],
    [0, 0],
  );
  return Math.abs(sum) > 0.1 * size ? 'picture' : 'signed';
}
