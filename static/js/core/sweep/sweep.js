// One operation under every combination of some settings.

import { operationOf, refusalOf } from '../operations/registry.js';
import { readSettings } from '../settings.js';
import { withSettings } from '../experiment/change_settings.js';
import { capsOf, MOST_COMBINATIONS, withinCaps } from '../limits.js';
import { costOf, outcome } from '../experiment/outcome.js';
import { outputShapeOf, questionOf } from '../experiment/shapes.js';

/**
 * @import {Experiment, Values} from '../experiment/experiment.js'
 * @import {LayerSettings} from '../settings.js'
 *
 * What each setting goes through; null: it stays as it is.
 * @typedef {{
 *   readonly kernel_size: readonly (number | readonly number[])[] | null,
 *   readonly stride: readonly number[] | null,
 *   readonly padding: readonly NonNullable<LayerSettings['padding']>[] | null,
 *   readonly dilation: readonly number[] | null,
 *   readonly ceil_mode: readonly boolean[] | null,
 * }} SweepRanges
 *
 * One combination: its settings, and its output size or the reason why it has none. The output and the
 * experiment that a click opens are made when they are asked for.
 * @typedef {{
 *   readonly kernel_size: NonNullable<LayerSettings['kernel_size']>,
 *   readonly stride: LayerSettings['stride'],
 *   readonly padding: LayerSettings['padding'],
 *   readonly dilation: LayerSettings['dilation'],
 *   readonly ceil_mode: boolean,
 *   readonly output_size: readonly [number, number] | null,
 *   readonly reason: string | null,
 *   readonly multiply_accumulates: number,
 *   readonly experiment: Experiment,
 *   readonly output: Values | null,
 *   readonly isShown: boolean,
 * }} SweepRow
 */

/** The settings in the order of the API, the last going through its values fastest. */
const ORDER = /** @type {const} */ (['kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode']);

/**
 * The values that one setting goes through.
 * @param {Experiment} experiment
 * @param {SweepRanges} ranges
 * @param {typeof ORDER[number]} name
 * @returns {readonly unknown[]}
 */
function valuesOf(experiment, ranges, name) {
  const values = ranges[name];
  // A convolution has no ceil_mode.
  if (name === 'ceil_mode' && operationOf(experiment).hasWeight) return [false];
  return values && values.length > 0 ? values : [experiment.settings[name]];
}

/** How many combinations there are. @param {Experiment} experiment @param {SweepRanges} ranges */
export function combinationsOf(experiment, ranges) {
  return ORDER.reduce((count, name) => count * valuesOf(experiment, ranges, name).length, 1);
}

/**
 * A row for each combination, in the order kernel_size, stride, padding, dilation, ceil_mode, the last
 * fastest; no more than one sweep may have. Kernels of another size keep their middle.
 * @param {Experiment} experiment
 * @param {SweepRanges} ranges
 * @returns {SweepRow[]}
 */
export function sweepOf(experiment, ranges) {
  const values = ORDER.map((name) => valuesOf(experiment, ranges, name));
  const count = Math.min(combinationsOf(experiment, ranges), MOST_COMBINATIONS);
  return Array.from({ length: count }, (_, index) => {
    let rest = index;
    /** @type {Record<string, unknown>} */
    const asked = {};
    for (let at = ORDER.length - 1; at >= 0; at--) {
      asked[ORDER[at]] = values[at][rest % values[at].length];
      rest = Math.floor(rest / values[at].length);
    }
    return rowOf(experiment, asked);
  });
}

/** @param {Experiment} experiment @param {LayerSettings} asked @returns {SweepRow} */
function rowOf(experiment, asked) {
  const { ceil_mode: rounding, ...window } = asked;
  const settings = {
    ...experiment.settings,
    ...(operationOf(experiment).hasWeight ? window : asked),
  };
  const [beyond] = withinCaps(settings, capsOf(experiment)).refusals;
  const refusal = refusalOf({ ...questionOf(experiment), settings }) ?? beyond;
  const changed = withSettings(experiment, settings);
  const shape = refusal ? null : outputShapeOf(changed);
  return {
    kernel_size: /** @type {SweepRow['kernel_size']} */ (settings.kernel_size),
    stride: settings.stride,
    padding: settings.padding,
    dilation: settings.dilation,
    ceil_mode: rounding ?? false,
    output_size: shape && [shape[1], shape[2]],
    reason: refusal?.sentence ?? null,
    multiply_accumulates: (shape && costOf(changed, shape)?.multiplyAccumulates) ?? 0,
    experiment: changed,
    get output() {
      // What is beyond the caps is not even tried.
      const found = refusal ? null : outcome(changed);
      return found?.kind === 'computed' ? found.output : null;
    },
    isShown: isSameWindow(experiment.settings, settings),
  };
}

/** Whether two settings move the same window the same way. @param {LayerSettings} one @param {LayerSettings} two */
function isSameWindow(one, two) {
  const [mine, theirs] = [one, two].map((settings) => {
    const { kernelSize, stride, padding, dilation, ceilMode } = readSettings(settings);
    return JSON.stringify([kernelSize, stride, padding, dilation, ceilMode]);
  });
  return mine === theirs;
}
