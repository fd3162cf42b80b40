// What a sweep goes through, as texts for a link, and back.

import { SETTING_KINDS } from './settings_code.js';

/** @import {SweepRanges} from '../sweep/sweep.js' */

/** @typedef {keyof SweepRanges} RangeName */

/** More values of one setting than this no sweep needs. */
const MOST_VALUES = 16;

/** Written where a setting stays as it is. */
const STAYS = '-';

/** The values of one setting as text. @param {RangeName} name @param {readonly unknown[] | null} values */
export function writeRange(name, values) {
  if (values === null) return STAYS;
  return values.map((value) => SETTING_KINDS[name].write(value)).join('_');
}

/** What each part of a text stands for. @param {RangeName} name @param {string} text */
const partsOf = (name, text) =>
  text.split('_').map((part) => SETTING_KINDS[name].read(part) ?? null);

/**
 * What of a text cannot be read, in a sentence; null where all of it can.
 * @param {RangeName} name
 * @param {string} text
 */
export function rangeRefusal(name, text) {
  if (text === '' || text === STAYS) return null;
  const parts = partsOf(name, text);
  if (!parts.includes(null)) return null;
  return parts.some((value) => value !== null)
    ? `Of the sweep’s ${name} in this link, what cannot be read was left out.`
    : `The sweep’s ${name} in this link cannot be read; the usual one is shown.`;
}

/**
 * The values that a text stands for, those that cannot be read left out; null where none are left.
 * @template {RangeName} Name
 * @param {Name} name
 * @param {string} text
 * @returns {SweepRanges[Name]}
 */
export function readRange(name, text) {
  const values = partsOf(name, text)
    .slice(0, MOST_VALUES)
    .filter((value) => value !== null);
  return /** @type {SweepRanges[Name]} */ (values.length > 0 ? values : null);
}
