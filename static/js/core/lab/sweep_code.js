// What a sweep goes through, as texts for a link, and back.
//
// writeRange(name, values)     `1_2_same`, `-` where the setting stays as it is
// readRange(name, text)        the values; null where the setting stays as it is

import { SETTING_KINDS } from './settings_code.js';

/**
 * @typedef {import('./sweep.js').SweepRanges} SweepRanges
 * @typedef {keyof SweepRanges} RangeName
 */

/** More values of one setting than this no sweep needs. */
const MOST_VALUES = 16;

/**
 * The values of one setting as text.
 * @param {RangeName} name
 * @param {readonly unknown[] | null} values
 */
export function writeRange(name, values) {
  if (values === null) return '-';
  return values.map((value) => SETTING_KINDS[name].write(value)).join('_');
}

/**
 * The values that a text stands for, those that cannot be read left out; null where none are left.
 * @template {RangeName} Name
 * @param {Name} name
 * @param {string} text
 * @returns {SweepRanges[Name]}
 */
export function readRange(name, text) {
  const read = text.split('_').slice(0, MOST_VALUES).map(SETTING_KINDS[name].read);
  const values = read.filter((value) => value !== undefined && value !== null);
  return /** @type {SweepRanges[Name]} */ (values.length > 0 ? values : null);
}
