// What to change so that no row, or no column, stays unread.

import { withValue } from './control_range.js';
import { operationOf, refusalOf } from '../operations/registry.js';
import { readSettings } from '../settings.js';

/**
 * @import {LayerSettings} from '../settings.js'
 * @import {Question} from './control_range.js'
 * @typedef {'height' | 'width'} AxisName
 *
 * One change: what it is called, and all settings after it.
 * @typedef {{title: string, settings: LayerSettings}} WayOut
 */

/** @type {Record<AxisName, {end: 'bottom' | 'right', line: string, side: 0 | 1}>} */
const WORDS = {
  height: { end: 'bottom', line: 'row', side: 0 },
  width: { end: 'right', line: 'column', side: 1 },
};

/**
 * The changes after which every line of an axis is read, the smallest of each sort; none where no
 * line is unread, or where the change would be refused.
 * @param {Question} question  of a convolution or a pooling whose windows move
 * @param {AxisName} axis
 * @returns {WayOut[]}
 */
export function waysOut(question, axis) {
  const { settings } = question;
  if (unread(question, settings, axis) === 0) return [];
  const helps = (/** @type {WayOut} */ { settings: changed }) =>
    refusalOf({ ...question, settings: changed }) === null && unread(question, changed, axis) === 0;
  const ceil = { title: 'Round up: ceil_mode', settings: { ...settings, ceil_mode: true } };
  const sorts = [
    morePadding(settings, axis),
    operationOf(question).fields.includes('ceil_mode') ? [ceil] : [],
    smallerStrides(settings, axis),
  ];
  return sorts.flatMap((ways) => ways.find(helps) ?? []);
}

/**
 * More padding after the input, line by line, up to a stride's worth.
 * @param {LayerSettings} settings
 * @param {AxisName} axis
 * @returns {WayOut[]}
 */
function morePadding(settings, axis) {
  const { padding, stride } = readSettings(settings);
  const { end, line, side } = WORDS[axis];
  return Array.from({ length: stride[side] }, (_, index) => {
    const lines = index === 0 ? `One more ${line}` : `${index + 1} more ${line}s`;
    return {
      title: `${lines} of padding at the ${end}`,
      settings: withValue(settings, 'padding', end, padding[end] + index + 1),
    };
  });
}

/**
 * Every smaller stride, the largest first.
 * @param {LayerSettings} settings
 * @param {AxisName} axis
 * @returns {WayOut[]}
 */
function smallerStrides(settings, axis) {
  const stride = readSettings(settings).stride[WORDS[axis].side];
  return Array.from({ length: stride - 1 }, (_, index) => stride - 1 - index).map((smaller) => ({
    title: `Stride ${smaller}`,
    settings: withValue(settings, 'stride', axis, smaller),
  }));
}

/**
 * How many lines of an axis no window reads.
 * @param {Question} question
 * @param {LayerSettings} settings
 * @param {AxisName} axis
 */
function unread(question, settings, axis) {
  const { read, axes } = operationOf(question);
  return axes(read(settings), question.shape)[axis].unread.length;
}
