// Changes of the operation, its settings and its kernels.

import { batch } from '@preact/signals-core';

import {
  layoutOf,
  withBias,
  withBiasCell,
  withControl,
  withDepthMultiplier,
  withGroups,
  withKernel,
  withOperation,
  withOutChannels,
  withSettings,
  withWeight,
  withWeightCell,
} from '../../core/experiment/experiment.js';
import { change, changes } from './change.js';
import { experiment } from './history.js';
import { finish } from './motion.js';
import {
  earlierSettings,
  forgetCut,
  kernelSource,
  rememberKernel,
  rememberSettings,
} from './memory.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Operation} Operation
 * @typedef {import('../../core/experiment/experiment.js').Values} Values
 * @typedef {import('../../core/settings.js').LayerSettings} LayerSettings
 */

/** Shows another operation on the same input, all of its output. @param {Operation} operation */
export function setOperation(operation) {
  if (operation === experiment.value.operation) return;
  rememberSettings();
  batch(() => {
    changes((now) => withOperation(now, operation, earlierSettings(operation)));
    finish();
  });
}

/**
 * Sets one number. Kernels come back whole when their size does.
 * @param {import('../../core/experiment/control_range.js').Field} field
 * @param {import('../../core/experiment/control_range.js').Part} part
 * @param {number} value
 */
export function setControl(field, part, value) {
  const source = kernelSource();
  changes((now) => withControl(now, field, part, value, source), `${field}.${part}`);
  rememberKernel(source);
  forgetCut([field]);
}

/**
 * Sets any settings at once, those that are not named staying as they are.
 * @param {LayerSettings} settings
 */
export function setSettings(settings) {
  const source = kernelSource();
  const key = Object.keys(settings).sort().join(' ');
  changes((now) => withSettings(now, { ...now.settings, ...settings }, source), key);
  rememberKernel(source);
  forgetCut(Object.keys(settings));
}

/** Takes a way out of unread rows or columns. @param {{settings: LayerSettings}} way */
export function useWayOut({ settings }) {
  changes((now) => withSettings(now, settings));
}

/** @param {number} groups */
export function setGroups(groups) {
  changes((now) => withGroups(now, groups), 'groups');
}

/** @param {number} multiplier  filters for each input channel of a depthwise convolution */
export function setDepthMultiplier(multiplier) {
  changes((now) => withDepthMultiplier(now, multiplier), 'multiplier');
}

/** @param {number} filters */
export function setFilters(filters) {
  changes((now) => withOutChannels(now, filters), 'filters');
}

/**
 * Sets one kernel over all channels of one filter, or of all.
 * @param {Values} kernel  (K_h, K_w)
 * @param {number | null} [filter]  null: all filters
 */
export function setKernelPreset(kernel, filter = null) {
  changes((now) => withKernel(now, kernel, filter));
}

/**
 * Sets the whole weight.
 * @param {Values} weight
 * @param {number} [groups]
 */
export function setWeight(weight, groups) {
  changes((now) => withWeight(now, weight, groups));
}

/**
 * Sets one weight.
 * @param {readonly [number, number, number, number]} index  along the weight's axes
 * @param {number} value
 */
export function setWeightCell(index, value) {
  if (Number.isFinite(value)) {
    changes((now) => withWeightCell(now, index, value), `weight.${index.join('.')}`);
  }
}

/** Adds a bias of zeros, or takes it away. @param {boolean} isThere */
export function addBias(isThere) {
  const { outChannels } = layoutOf(experiment.value);
  change(withBias(experiment.value, isThere ? new Float64Array(outChannels) : null));
}

/**
 * @param {number} filter
 * @param {number} value
 */
export function setBiasCell(filter, value) {
  if (Number.isFinite(value)) changes((now) => withBiasCell(now, filter, value), `bias.${filter}`);
}
