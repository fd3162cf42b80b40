// An experiment whose parts fit together.

import { operationOf } from '../operations/registry.js';
import { readSettings } from '../settings.js';
import { layoutOf, refitWeight } from './weight_layout.js';
import { LAB_CAPS, within } from '../limits.js';
import { outputShapeOf } from './shapes.js';

/**
 * @import {Experiment, Values} from './experiment.js'
 * @import {Layout, Size} from './weight_layout.js'
 */

/**
 * An experiment after a change: its kernels brought into a layout, its bias and its output gradient
 * cut or filled up.
 * @param {Experiment} changed
 * @param {Layout} to  the layout that the weight is to have
 * @param {{weight: Values, layout: Layout}} from  the weight to take the kernels from
 * @returns {Experiment}
 */
export function refit(changed, to, from) {
  const weight = refitWeight(from.weight, from.layout, to);
  const bias = changed.bias && fitted(changed.bias, to.outChannels, 0);
  const own = operationOf(changed).hasWeight
    ? { ...changed.settings, kernel_size: to.kernelSize, groups: to.groups }
    : changed.settings;
  return withFittingGradient({ ...changed, weight, bias, settings: own });
}

/**
 * The experiment with its output gradient in the shape of its output: kept where they overlap, 1
 * elsewhere; none where there is no output.
 * @param {Experiment} experiment
 * @returns {Experiment}
 */
function withFittingGradient(experiment) {
  const { outputGradient: given } = experiment;
  const shape = given && outputShapeOf(experiment);
  if (!given || !shape) return given ? { ...experiment, outputGradient: null } : experiment;
  if (shape.every((size, axis) => size === given.shape[axis])) return experiment;
  return { ...experiment, outputGradient: overlapping(given, shape, 1) };
}

/**
 * Values in another shape: kept where both have them, else filled.
 * @param {Values} values  (C, H, W)
 * @param {readonly number[]} shape
 * @param {number} fill
 * @returns {Values}
 */
export function overlapping({ shape: [channels, height, width], data }, shape, fill) {
  const [maps, rows, columns] = shape;
  const result = new Float64Array(maps * rows * columns).fill(fill);
  const copied = Math.min(width, columns);
  for (let channel = 0; channel < Math.min(channels, maps); channel++) {
    for (let row = 0; row < Math.min(height, rows); row++) {
      const start = (channel * height + row) * width;
      result.set(data.subarray(start, start + copied), (channel * rows + row) * columns);
    }
  }
  return { shape: [...shape], data: result };
}

/** @param {Float64Array} values @param {number} length @param {number} fill */
function fitted(values, length, fill) {
  if (values.length === length) return values;
  const result = new Float64Array(length).fill(fill);
  result.set(values.subarray(0, length));
  return result;
}

/**
 * The kernel size that settings ask for, brought to what a kernel can have here.
 * @param {import('../settings.js').LayerSettings} settings
 * @returns {Size}
 */
export function kernelSizeIn(settings) {
  const [height, width] = readSettings(settings).kernelSize;
  const most = LAB_CAPS.kernel_size;
  return [within(height || 1, 1, most), within(width || 1, 1, most)];
}

/** The weight of an experiment and its layout. @param {Experiment} experiment */
export function kernelsOf(experiment) {
  return { weight: experiment.weight, layout: layoutOf(experiment) };
}
