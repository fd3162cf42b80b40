// Every change of an experiment's operation and settings.

import { groupsOf, withValue } from './control_range.js';
import { operationNamed, operationOf } from '../operations/registry.js';
import { readSettings } from '../settings.js';
import { EXAMPLE } from './example.js';
import { layoutOf } from './weight_layout.js';
import { MOST_FILTERS, within } from '../limits.js';
import { kernelSizeIn, kernelsOf, refit } from './refit.js';

/** @import {Experiment, LayerSettings, Operation, Values} from './experiment.js' */

/** An operation's settings when nothing is said. @param {Operation} operation */
export function defaultsOf(operation) {
  const { kernel_size, stride, padding, dilation } = EXAMPLE.settings;
  return { kernel_size, stride, padding, dilation, ...operationNamed(operation).defaults };
}

/**
 * The settings of some names alone.
 * @param {LayerSettings} settings
 * @param {readonly string[]} names
 * @returns {LayerSettings}
 */
function named(settings, names) {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => names.includes(name)));
}

/**
 * Another operation on the same input. Kernel size, stride, padding and dilation go with it as far as
 * they mean the same; the rest is as it was when the operation was last left.
 * @param {Experiment} experiment
 * @param {Operation} operation
 * @param {LayerSettings} [earlier]  settings of that operation's kind
 * @returns {Experiment}
 */
export function withOperation(experiment, operation, earlier = {}) {
  if (operation === experiment.operation) return experiment;
  const { family, defaults, isTransposed } = operationNamed(operation);
  if (family === operationOf(experiment).family) return { ...experiment, operation };
  const { kernel_size, stride, padding, dilation } = experiment.settings;
  /** @type {LayerSettings} */
  const settings = {
    kernel_size,
    stride: stride === null ? readSettings(experiment.settings).stride : stride,
    padding,
    dilation,
    ...defaults,
    ...named(earlier, Object.keys(defaults)),
  };
  const to = { ...layoutOf(experiment), isTransposed };
  return refit({ ...experiment, operation, settings }, to, kernelsOf(experiment));
}

/**
 * Other settings. Kernels that grow or shrink keep their middle.
 * @param {Experiment} experiment
 * @param {LayerSettings} settings
 * @param {Values} [source]  the weight to take the kernels from, where it is not the present one:
 *   of the same channels and groups
 * @returns {Experiment}
 */
export function withSettings(experiment, settings, source = experiment.weight) {
  const kernelSize = kernelSizeIn(settings);
  const before = layoutOf(experiment);
  const known = named(settings, Object.keys(defaultsOf(experiment.operation)));
  const changed = { ...experiment, settings: { ...known, kernel_size: kernelSize } };
  const isChanged = JSON.stringify(changed.settings) !== JSON.stringify(experiment.settings);
  if (!isChanged && source === experiment.weight) return experiment;
  if (!operationOf(experiment).hasWeight) return refit(changed, before, kernelsOf(experiment));
  const groups = nearestGroups(before.inChannels, before.outChannels, settings.groups ?? 1);
  const [height, width] = source.shape.slice(2);
  const from = {
    weight: source,
    layout: { ...before, kernelSize: /** @type {const} */ ([height, width]) },
  };
  return refit(changed, { ...before, kernelSize, groups }, from);
}

/**
 * One number changed.
 * @param {Experiment} experiment
 * @param {import('./control_range.js').Field} field
 * @param {import('./control_range.js').Part} part
 * @param {number} value
 * @param {Values} [source]  as for withSettings
 */
export function withControl(experiment, field, part, value, source) {
  return withSettings(experiment, withValue(experiment.settings, field, part, value), source);
}

/**
 * The number of groups that is asked for, or the next smaller one that divides both channels.
 * @param {Experiment} experiment  a convolution
 * @param {number} groups
 */
export function withGroups(experiment, groups) {
  return withSettings(experiment, { ...experiment.settings, groups });
}

/**
 * A depthwise convolution with so many filters for each input channel.
 * @param {Experiment} experiment  a convolution
 * @param {number} multiplier
 */
export function withDepthMultiplier(experiment, multiplier) {
  const before = layoutOf(experiment);
  const { inChannels } = before;
  const most = Math.max(1, Math.floor(MOST_FILTERS / inChannels));
  const outChannels = inChannels * within(multiplier, 1, most);
  const to = { ...before, outChannels, groups: inChannels };
  return refit(experiment, to, kernelsOf(experiment));
}

/**
 * The largest possible number of groups up to one that is asked for.
 * @param {number} inChannels
 * @param {number} outChannels
 * @param {number} groups
 */
export function nearestGroups(inChannels, outChannels, groups) {
  return (
    groupsOf(inChannels, outChannels)
      .filter((number) => number <= groups)
      .at(-1) ?? 1
  );
}
