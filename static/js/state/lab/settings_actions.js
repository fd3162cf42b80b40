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
import { finish } from './motion.js';
import {
  earlierSettings,
  forgetCut,
  kernelSource,
  rememberKernel,
  rememberSettings,
} from './memory.js';

/**
 * @import {Operation, Values} from '../../core/experiment/experiment.js'
 * @import {LayerSettings} from '../../core/settings.js'
 * @import {LabState} from './store.js'
 */

/** Shows another operation on the same input, all of its output. @param {LabState} lab @param {Operation} operation */
export function setOperation(lab, operation) {
  if (operation === lab.experiment.value.operation) return;
  rememberSettings(lab);
  batch(() => {
    changes(lab, (now) => withOperation(now, operation, earlierSettings(lab, operation)));
    finish(lab);
  });
}

/**
 * Sets one number. Kernels come back whole when their size does.
 * @param {LabState} lab
 * @param {import('../../core/experiment/control_range.js').Field} field
 * @param {import('../../core/experiment/control_range.js').Part} part
 * @param {number} value
 */
export function setControl(lab, field, part, value) {
  const source = kernelSource(lab);
  changes(lab, (now) => withControl(now, field, part, value, source), `${field}.${part}`);
  rememberKernel(lab, source);
  forgetCut(lab, [field]);
}

/**
 * Sets any settings at once, those that are not named staying as they are.
 * @param {LabState} lab
 * @param {LayerSettings} settings
 */
export function setSettings(lab, settings) {
  const source = kernelSource(lab);
  const key = Object.keys(settings).sort().join(' ');
  changes(lab, (now) => withSettings(now, { ...now.settings, ...settings }, source), key);
  rememberKernel(lab, source);
  forgetCut(lab, Object.keys(settings));
}

/** Takes a way out of unread rows or columns. @param {LabState} lab @param {{settings: LayerSettings}} way */
export function useWayOut(lab, { settings }) {
  changes(lab, (now) => withSettings(now, settings));
}

/** @param {LabState} lab @param {number} groups */
export function setGroups(lab, groups) {
  changes(lab, (now) => withGroups(now, groups), 'groups');
}

/** @param {LabState} lab @param {number} multiplier  filters for each input channel of a depthwise convolution */
export function setDepthMultiplier(lab, multiplier) {
  changes(lab, (now) => withDepthMultiplier(now, multiplier), 'multiplier');
}

/** @param {LabState} lab @param {number} filters */
export function setFilters(lab, filters) {
  changes(lab, (now) => withOutChannels(now, filters), 'filters');
}

/**
 * Sets one kernel over all channels of one filter, or of all.
 * @param {LabState} lab
 * @param {Values} kernel  (K_h, K_w)
 * @param {number | null} [filter]  null: all filters
 */
export function setKernelPreset(lab, kernel, filter = null) {
  changes(lab, (now) => withKernel(now, kernel, filter));
}

/** Sets the whole weight. @param {LabState} lab @param {Values} weight @param {number} [groups] */
export function setWeight(lab, weight, groups) {
  changes(lab, (now) => withWeight(now, weight, groups));
}

/**
 * Sets one weight.
 * @param {LabState} lab
 * @param {readonly [number, number, number, number]} index  along the weight's axes
 * @param {number} value
 */
export function setWeightCell(lab, index, value) {
  if (Number.isFinite(value)) {
    changes(lab, (now) => withWeightCell(now, index, value), `weight.${index.join('.')}`);
  }
}

/** Adds a bias of zeros, or takes it away. @param {LabState} lab @param {boolean} isThere */
export function addBias(lab, isThere) {
  const { outChannels } = layoutOf(lab.experiment.value);
  change(lab, withBias(lab.experiment.value, isThere ? new Float64Array(outChannels) : null));
}

/** @param {LabState} lab @param {number} filter @param {number} value */
export function setBiasCell(lab, filter, value) {
  if (Number.isFinite(value))
    changes(lab, (now) => withBiasCell(now, filter, value), `bias.${filter}`);
}
