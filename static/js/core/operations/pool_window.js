// The windows of a pooling of any kind: those that move, and those that are laid out to a number.
//
// poolAxes(settings, height, width)    for each axis the number of windows, their lines, their counts
// isMax(kind)                          whether a kind keeps the largest value

import { outputSize } from './axis.js';
import { adaptiveSources } from './adaptive_axis.js';
import { axesOf } from '../settings.js';
import { positions, sources } from './window.js';

/**
 * @typedef {import('./axis.js').Axis} Axis
 * @typedef {import('../settings.js').WindowSettings} WindowSettings
 * @typedef {import('./window.js').Source} Source
 * @typedef {'max' | 'average' | 'lp' | 'adaptive_max' | 'adaptive_average' | 'global_max'
 *   | 'global_average'} PoolKind
 *
 * One axis of a pooling: `sources` are the input lines under one window, null in padding, `counted`
 * how many of its lines count for a mean.
 * @typedef {{
 *   readonly size: number,
 *   readonly sources: (output: number) => Source[],
 *   readonly counted: (output: number) => number,
 * }} PoolAxis
 */

/** Whether a kind keeps the largest value. @param {PoolKind} kind */
export function isMax(kind) {
  return kind.endsWith('max');
}

/**
 * The settings as a kind reads them: a global pooling is an adaptive one to a single value, and the
 * kinds with a kernel have no output size of their own.
 * @param {PoolKind} kind
 * @param {WindowSettings} settings
 * @returns {WindowSettings}
 */
export function ofKind(kind, settings) {
  if (kind.startsWith('global')) return { ...settings, outputSize: [1, 1] };
  return kind.startsWith('adaptive') ? settings : { ...settings, outputSize: null };
}

/**
 * The windows along the height and the width of an input.
 * @param {WindowSettings} settings
 * @param {number} height
 * @param {number} width
 * @returns {{height: PoolAxis, width: PoolAxis}}
 */
export function poolAxes(settings, height, width) {
  if (settings.outputSize) {
    const [rows, columns] = settings.outputSize;
    return {
      height: adaptiveAxis(height, rows ?? height),
      width: adaptiveAxis(width, columns ?? width),
    };
  }
  const axes = axesOf(settings, height, width);
  return {
    height: movingAxis(axes.height, settings.countIncludePad),
    width: movingAxis(axes.width, settings.countIncludePad),
  };
}

/**
 * @param {number} input
 * @param {number} size
 * @returns {PoolAxis}
 */
function adaptiveAxis(input, size) {
  const linesOf = (/** @type {number} */ output) => adaptiveSources(input, size, output);
  return { size, sources: linesOf, counted: (output) => linesOf(output).length };
}

/**
 * @param {Axis} axis
 * @param {boolean} countIncludePad
 * @returns {PoolAxis}
 */
function movingAxis(axis, countIncludePad) {
  const start = countIncludePad ? -axis.paddingBefore : 0;
  const end = axis.inputSize + (countIncludePad ? axis.paddingAfter : 0);
  return {
    size: outputSize(axis),
    sources: (output) => sources(axis, output),
    // What ceilMode's last window sees beyond the padding never counts.
    counted: (output) =>
      positions(axis, output).filter((line) => line >= start && line < end).length,
  };
}
