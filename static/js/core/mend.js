// The nearest possible settings beside impossible ones, as a link may hold them.
//
// mended(question)    the settings themselves where they are possible; null where nothing helps

import { groupsOf, nearestPassing, nearestPossible, withValue } from './ends.js';
import { refusalOf } from './refusals.js';
import { readSettings } from './settings.js';

/**
 * @typedef {import('./ends.js').Question} Question
 * @typedef {import('./ends.js').Field} Field
 * @typedef {import('./ends.js').Part} Part
 * @typedef {import('./settings.js').LayerSettings} LayerSettings
 */

/** More settings than this are never wrong at once. */
const MOST_CHANGES = 8;

/** @type {readonly Part[]} */
const PARTS = ['height', 'width', 'both'];

/**
 * Settings that are possible, as close to those asked for as changing one refused setting after the
 * other gets; null where none of them can help, as with an empty input.
 * @param {Question} question
 * @returns {LayerSettings | null}
 */
export function mended(question) {
  const { operation, shape, outChannels } = question;
  let { settings } = question;
  const refused = () => refusalOf(operation, settings, shape, outChannels);
  for (let change = 0; change < MOST_CHANGES; change++) {
    const refusal = refused();
    if (!refusal) break;
    settings = changeOf({ ...question, settings }, refusal.field);
  }
  return refused() ? null : settings;
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
    default:
      return numberChange(question, /** @type {Field} */ (field));
  }
}

/**
 * The settings with one number, or one side of a pair, as near as possible. Where nothing else is
 * wrong that makes all of it possible; else it passes the turn to the next refused setting.
 * @param {Question} question
 * @param {Field} field
 */
function numberChange(question, field) {
  const { settings } = question;
  if (settings.padding === 'same' && field === 'padding') {
    return { ...settings, padding: readSettings(settings).padding };
  }
  for (const part of PARTS) {
    const value = nearestPossible(question, field, part);
    if (value !== null) return withValue(settings, field, part, value);
  }
  return withValue(settings, field, 'both', nearestPassing(question, field));
}
