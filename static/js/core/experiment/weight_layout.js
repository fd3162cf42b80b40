// How the kernels of a convolution lie in its weight, in either layout, and how they are taken over
// when sizes change.

import { operationOf } from '../operations/registry.js';
import { newKernel } from './filters.js';

/**
 * @import {Experiment, Values} from './experiment.js'
 * @typedef {readonly [number, number]} Size  (height, width)
 * @typedef {{
 *   readonly isTransposed: boolean,
 *   readonly inChannels: number,
 *   readonly outChannels: number,
 *   readonly groups: number,
 *   readonly kernelSize: Size,
 * }} Layout
 */

/**
 * The layout of an experiment's weight. While a pooling is shown it is a convolution's, kept aside.
 * @param {Experiment} experiment
 * @returns {Layout}
 */
export function layoutOf(experiment) {
  const { input, weight, settings } = experiment;
  const { isTransposed } = operationOf(experiment);
  const [first, second, height, width] = weight.shape;
  const inChannels = input.shape[0];
  const groups = isTransposed ? (settings.groups ?? 1) : inChannels / second;
  const outChannels = isTransposed ? second * groups : first;
  return { isTransposed, inChannels, outChannels, groups, kernelSize: [height, width] };
}

/** The shape of a weight. @param {Layout} layout @returns {[number, number, number, number]} */
function weightShape({ isTransposed, inChannels, outChannels, groups, kernelSize }) {
  const [height, width] = kernelSize;
  return isTransposed
    ? [inChannels, outChannels / groups, height, width]
    : [outChannels, inChannels / groups, height, width];
}

/**
 * Where in the weight the kernel from one input channel to one output channel begins; -1 where the
 * two are in different groups.
 * @param {Layout} layout
 * @param {number} filter  the output channel
 * @param {number} channel  the input channel
 */
export function kernelStart(layout, filter, channel) {
  const { isTransposed, inChannels, outChannels, groups, kernelSize } = layout;
  const [inside, outside] = [inChannels / groups, outChannels / groups];
  if (Math.floor(channel / inside) !== Math.floor(filter / outside)) return -1;
  const index = isTransposed
    ? channel * outside + (filter % outside)
    : filter * inside + (channel % inside);
  return index * kernelSize[0] * kernelSize[1];
}

/**
 * The same kernels in another layout: each keeps its place, channels that a filter did not read are
 * read with its first kernel, and a filter that was not there is one of the well-known ones.
 * @param {Values} weight
 * @param {Layout} from
 * @param {Layout} to
 * @returns {Values}
 */
export function refitWeight(weight, from, to) {
  const shape = weightShape(to);
  const isSame = from.isTransposed === to.isTransposed && from.groups === to.groups;
  if (isSame && shape.every((size, axis) => size === weight.shape[axis])) return weight;
  const data = new Float64Array(shape[0] * shape[1] * shape[2] * shape[3]);
  for (let filter = 0; filter < to.outChannels; filter++) {
    for (let channel = 0; channel < to.inChannels; channel++) {
      const start = kernelStart(to, filter, channel);
      if (start >= 0)
        data.set(placed(kernelFor(weight, from, filter, channel), to.kernelSize), start);
    }
  }
  return { shape, data };
}

/**
 * The kernel that was between two channels, or what stands in for it.
 * @param {Values} weight
 * @param {Layout} from
 * @param {number} filter
 * @param {number} channel
 * @returns {Values}
 */
function kernelFor({ data }, from, filter, channel) {
  if (filter >= from.outChannels) return newKernel(filter);
  const [height, width] = from.kernelSize;
  const group = Math.floor(filter / (from.outChannels / from.groups));
  const first = group * (from.inChannels / from.groups);
  const known = channel < from.inChannels ? kernelStart(from, filter, channel) : -1;
  const start = known >= 0 ? known : kernelStart(from, filter, first);
  return { shape: [height, width], data: data.subarray(start, start + height * width) };
}

/**
 * One kernel in another size: its middle stays in the middle, what is new is 0.
 * @param {Values} kernel  (K_h, K_w)
 * @param {Size} size
 */
export function placed({ shape: [height, width], data }, [rows, columns]) {
  const result = new Float64Array(rows * columns);
  const [down, across] = [Math.trunc((rows - height) / 2), Math.trunc((columns - width) / 2)];
  for (let row = Math.max(0, -down); row < height && row + down < rows; row++) {
    for (let column = Math.max(0, -across); column < width && column + across < columns; column++) {
      result[(row + down) * columns + column + across] = data[row * width + column];
    }
  }
  return result;
}
