// The nearest possible settings beside impossible ones, as a link may hold them.

import { outputSize, paddedSize, windowAxes } from '../operations/axis.js';
import { groupsOf, nearestPassing, nearestPossible, withValue } from './control_range.js';
import { refusalOf } from '../operations/registry.js';
import { asOne, readSettings } from '../settings.js';

/**
 * @import {Refusal} from '../operations/checks.js'
 * @import {LayerSettings} from '../settings.js'
 * @import {Field, Part, Question} from './control_range.js'
 * @typedef {{settings: LayerSettings, refusals: Refusal[]}} Change
 */

/** More settings than this are never wrong at once. */
const MOST_CHANGES = 12;

/** @type {readonly Part[]} */
const PARTS = ['height', 'width', 'both'];
/** @type {readonly Part[]} */
const SIDES = ['top', 'bottom', 'left', 'right', ...PARTS];

/**
 * Settings that are possible, as close to those asked for as changing one refused setting after the
 * other gets, and each refusal; null where none of them can help, as with an empty input.
 * @param {Question} question
 * @returns {Change | null}
 */
export function nearestChange(question) {
  let { settings } = question;
  /** @type {Refusal[]} */
  const refusals = [];
  while (refusals.length <= MOST_CHANGES) {
    const refusal = refusalOf({ ...question, settings });
    if (!refusal) return { settings, refusals };
    refusals.push(refusal);
    settings = changeOf({ ...question, settings }, refusal.field);
  }
  return null;
}

/** The nearest possible settings; null where there are none. @param {Question} question */
export function nearestSettings(question) {
  return nearestChange(question)?.settings ?? null;
}

/**
 * The settings with the refused one changed, where it is a setting.
 * @param {Question} question
 * @param {string} field
 * @returns {LayerSettings}
 */
function changeOf(question, field) {
  const { settings, shape, outChannels } = question;
  switch (field) {
    case 'groups': {
      const possible = groupsOf(shape[0], outChannels);
      const groups = possible.filter((number) => number <= Number(settings.groups)).at(-1) ?? 1;
      return { ...settings, groups };
    }
    case 'padding_mode':
      return { ...settings, padding_mode: 'zeros' };
    case 'divisor_override':
      return { ...settings, divisor_override: null };
    case 'norm_type':
      return { ...settings, norm_type: 2 };
    case 'output_size':
      return { ...settings, output_size: 1 };
    case 'input':
      return settings;
    case 'kernel_size':
      return fitted(question) ?? numberChange(question, field);
    default:
      return numberChange(question, /** @type {Field} */ (field));
  }
}

/**
 * The settings with a kernel that fits: along an axis where it does not, it is dilated less, and only
 * where that does not suffice has it fewer lines. Null where its size is no size.
 * @param {Question} question
 * @returns {LayerSettings | null}
 */
function fitted({ settings, shape }) {
  const { height, width } = windowAxes(readSettings(settings), shape[1], shape[2]);
  const lines = [height, width].map((axis) => {
    const { kernelSize, dilation } = axis;
    const room = paddedSize(axis);
    if (outputSize(axis) >= 1) return { kernelSize, dilation };
    const widest = Math.floor((room - 1) / (kernelSize - 1));
    return { kernelSize: Math.min(kernelSize, room), dilation: Math.max(1, widest) };
  });
  if (!lines.every(({ kernelSize }) => Number.isInteger(kernelSize) && kernelSize >= 1))
    return null;
  const { dilation: before } = readSettings(settings);
  const dilation = lines.map((line) => line.dilation);
  const isDilated = before.some((step, axis) => step !== dilation[axis]);
  return {
    ...settings,
    kernel_size: asOne(lines.map((line) => line.kernelSize)),
    ...(isDilated ? { dilation: asOne(dilation) } : {}),
  };
}

/**
 * The settings with one number, or one side of it, as near as possible. Where nothing else is wrong
 * that makes all of it possible; else it passes the turn to the next refused setting.
 * @param {Question} question
 * @param {Field} field
 */
function numberChange(question, field) {
  const { settings } = question;
  if (settings.padding === 'same' && field === 'padding') {
    return { ...settings, padding: readSettings(settings).padding };
  }
  for (const part of field === 'padding' ? SIDES : PARTS) {
    const value = nearestPossible(question, field, part);
    if (value !== null) return withValue(settings, field, part, value);
  }
  return withValue(settings, field, 'both', nearestPassing(question, field));
}
