// Where each control ends, given all the others, and why: so that nothing impossible can be chosen.

import { FLOORS } from '../limits.js';
import { refusalOf } from '../operations/registry.js';
import { readSettings } from '../settings.js';

/** @import {LayerSettings, WindowSettings} from '../settings.js' */

/**
 * One operation as it is set now, and how far its controls go whatever is possible.
 * @typedef {import('../limits.js').Field} Field
 * @typedef {import('../operations/registry.js').Question & {readonly caps: import('../limits.js').Caps}}
 *   Question
 *
 * What a control sets is one side, or all at once.
 * @typedef {'both' | 'height' | 'width' | 'top' | 'bottom' | 'left' | 'right'} Part
 *
 * From `least` to `most` everything is possible; `below` and `above` say why it ends there.
 * @typedef {{least: number, most: number, below: string, above: string}} End
 *
 * What is said below the settings, and of which experiment: a text, or where a slider ends and why.
 * It is a stop where someone tried to go beyond.
 * @typedef {{readonly field: string, readonly isStop: boolean, readonly of: object} &
 *   ({readonly text: string} | {readonly part: Part | null, readonly end: 1 | -1})} Remark
 */

/**
 * Where a control ends. Where the value it has now is impossible, the ends are those around the
 * nearest possible one; null where no value is possible, so that another control has to give way.
 * @param {Question} question
 * @param {Field} field
 * @param {Part} part
 * @returns {End | null}
 */
export function controlEnd(question, field, part) {
  const start = nearestPossible(question, field, part);
  if (start === null) return null;
  const [floor, cap] = [FLOORS[field], question.caps[field]];
  const reasonAt = (/** @type {number} */ value) =>
    refusalAt(question, field, part, value)?.sentence ?? null;
  const [least, most] = [lastPossible(start, floor, reasonAt), lastPossible(start, cap, reasonAt)];
  return {
    least,
    most,
    below: least === floor ? `${field} begins at ${floor}.` : `${reasonAt(least - 1)}`,
    above: most === cap ? `${field} goes up to ${cap}.` : `${reasonAt(most + 1)}`,
  };
}

/**
 * The last possible value on the way from a possible one to another. What is possible has no gaps,
 * so halving the way finds it.
 * @param {number} possible
 * @param {number} end
 * @param {(value: number) => string | null} reasonAt
 */
function lastPossible(possible, end, reasonAt) {
  if (reasonAt(end) === null) return end;
  let [near, far] = [possible, end];
  while (Math.abs(far - near) > 1) {
    const middle = Math.trunc((near + far) / 2);
    if (reasonAt(middle) === null) near = middle;
    else far = middle;
  }
  return near;
}

/**
 * The possible value closest to the one that is set now, the smaller of two; null where there is none.
 * @param {Question} question
 * @param {Field} field
 * @param {Part} part
 * @returns {number | null}
 */
export function nearestPossible(question, field, part) {
  const isPossible = (/** @type {number} */ value) =>
    refusalAt(question, field, part, value) === null;
  return nearest(question, field, part).find(isPossible) ?? null;
}

/**
 * The value for both sides, closest to the one that is set now, that is not refused itself, whatever
 * else may be. The smallest value never is.
 * @param {Question} question
 * @param {Field} field
 * @returns {number}
 */
export function nearestPassing(question, field) {
  const passes = (/** @type {number} */ value) =>
    refusalAt(question, field, 'both', value)?.field !== field;
  return /** @type {number} */ (nearest(question, field, 'both').find(passes));
}

/**
 * Every value of a control, from the one that is set now outwards.
 * @param {Question} question
 * @param {Field} field
 * @param {Part} part
 */
function nearest(question, field, part) {
  const [floor, cap] = [FLOORS[field], question.caps[field]];
  const now = Math.min(Math.max(Math.round(valueOf(question.settings, field, part)), floor), cap);
  const values = Array.from({ length: cap - floor + 1 }, (_, index) => floor + index);
  return values.sort((one, other) => Math.abs(one - now) - Math.abs(other - now));
}

/**
 * The settings with one number changed.
 * @param {LayerSettings} settings
 * @param {Field} field
 * @param {Part} part
 * @param {number} value
 * @returns {LayerSettings}
 */
export function withValue(settings, field, part, value) {
  if (part === 'both') return { ...settings, [field]: value };
  const read = readSettings(settings);
  if (field === 'padding') {
    const sides = { height: ['top', 'bottom'], width: ['left', 'right'] };
    const named = part === 'height' || part === 'width' ? sides[part] : [part];
    const changed = Object.fromEntries(named.map((side) => [side, value]));
    return { ...settings, padding: { ...read.padding, ...changed } };
  }
  const pair = [...pairOf(read, field)];
  pair[part === 'height' ? 0 : 1] = value;
  return { ...settings, [field]: pair };
}

/**
 * Every number of groups that both numbers of channels divide into; the last is depthwise where the
 * one is a multiple of the other.
 * @param {number} inChannels
 * @param {number} outChannels
 */
export function groupsOf(inChannels, outChannels) {
  const smaller = Math.min(inChannels, outChannels);
  const numbers = Array.from({ length: smaller }, (_, index) => index + 1);
  return numbers.filter((groups) => inChannels % groups === 0 && outChannels % groups === 0);
}

/** The number that a control shows now. @param {LayerSettings} settings @param {Field} field @param {Part} part */
function valueOf(settings, field, part) {
  const read = readSettings(settings);
  if (field === 'padding') {
    const { top, left } = read.padding;
    const named = { ...read.padding, both: top, height: top, width: left };
    return named[part];
  }
  return pairOf(read, field)[part === 'width' ? 1 : 0];
}

/** @param {WindowSettings} read @param {Exclude<Field, 'padding'>} field */
function pairOf(read, field) {
  const { kernelSize, stride, dilation, outputPadding } = read;
  return { kernel_size: kernelSize, stride, dilation, output_padding: outputPadding }[field];
}

/**
 * Why one value of a control is impossible; null where it is not.
 * @param {Question} question
 * @param {Field} field
 * @param {Part} part
 * @param {number} value
 */
function refusalAt(question, field, part, value) {
  return refusalOf({ ...question, settings: withValue(question.settings, field, part, value) });
}
