// The rows that a recipe's controls are made of, and where a number ends.

import { count } from '../number.js';
import { choiceAt } from './recipe.js';

/**
 * @import {Recipe} from './recipe.js'
 *
 * What is known of the data: how many images are learned from. @typedef {{training_images: number}} Known
 *
 * A number from `least` to `most`; `isAbove`, `isBelow`: that end itself is not possible; `of`: what the
 * largest is the number of.
 * @typedef {{kind: 'number', path: string, text: string, title: string, least: number, most: number,
 *   isWhole?: boolean, isAbove?: boolean, isBelow?: boolean, of?: string, value: number}} NumberRow
 * What is on or off, which sets `on` or `off`.
 * @typedef {{kind: 'switch', path: string, text: string, title: string, on: unknown, off: unknown,
 *   value: boolean}} SwitchRow
 * One of a few.
 * @typedef {{kind: 'choice', path: string, text: string, value: string,
 *   options: readonly {value: string, text: string, title: string, sets: unknown}[]}} ChoiceRow
 * @typedef {NumberRow | SwitchRow | ChoiceRow} Row
 */

export const WHOLE = { isWhole: true };
export const ABOVE = { isAbove: true };
export const BELOW = { isBelow: true };
export const BETWEEN = { ...ABOVE, ...BELOW };

/**
 * @param {Recipe} recipe
 * @param {string} path
 * @param {string} text
 * @param {string} title
 * @param {readonly [number, number]} ends
 * @param {Partial<NumberRow>} [more]
 * @returns {NumberRow}
 */
export const number = (recipe, path, text, title, [least, most], more = {}) => ({
  ...{ kind: 'number', path, text, title, least, most, value: choiceAt(recipe, path) },
  ...more,
});

/**
 * @param {Recipe} recipe
 * @param {string} path
 * @param {string} text
 * @param {string} title
 * @param {unknown} [part]  what is there where it is on, and null where it is off; without one it is true or false
 * @returns {SwitchRow}
 */
export const onOff = (recipe, path, text, title, part) => ({
  ...{ kind: 'switch', path, text, title, value: Boolean(choiceAt(recipe, path)) },
  on: part ?? true,
  off: part === undefined ? false : null,
});

/** A number as it was typed, with thousands separated and a true minus sign. @param {number} value */
const typed = (value) =>
  (Number.isInteger(value) ? count(value) : String(value)).replaceAll('-', '−');

/** Why a number cannot be set; null: it can. @param {NumberRow} row @param {number | null} value  null: the field is empty */
export function refusalOf({ text, least, most, isWhole, isAbove, isBelow, of }, value) {
  if (value === null || Number.isNaN(value)) return `${text} needs a number.`;
  if (isWhole && !Number.isInteger(value)) return `${text} is a whole number, not ${typed(value)}.`;
  const isLow = isAbove ? value <= least : value < least;
  const isHigh = isBelow ? value >= most : value > most;
  if (isLow)
    return `${text} is ${typed(value)}, but has to be ${isAbove ? 'above' : 'at least'} ${count(least)}.`;
  const end = of ? `, ${of}` : '';
  if (isHigh)
    return `${text} is ${typed(value)}, but has to be ${isBelow ? 'below' : 'at most'} ${count(most)}${end}.`;
  return null;
}
