// Where along each axis the window of an output line begins, for formulas: stride · line + dilation ·
// kernel line − padding.
//
// axisOffsets(experiment)    for rows and columns; null where windows are laid out to a number

import { readSettings } from '../settings.js';

/**
 * @typedef {{stride: number, dilation: number, padding: number}} Offset
 */

/**
 * The numbers by which rows and columns are gone through; null of adaptive and global poolings.
 * @param {import('./experiment.js').Experiment} experiment
 * @returns {[Offset, Offset] | null}
 */
export function axisOffsets({ operation, settings }) {
  if (operation.startsWith('adaptive') || operation.startsWith('global')) return null;
  const { stride, dilation, padding } = readSettings(settings);
  return [
    { stride: stride[0], dilation: dilation[0], padding: padding.top },
    { stride: stride[1], dilation: dilation[1], padding: padding.left },
  ];
}
