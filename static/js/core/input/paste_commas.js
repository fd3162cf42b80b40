// Commas within pasted numbers: decimal points in half of the world, signs between thousands in the other.

/** @import {Rows} from './paste.js' */

/** 3,5 and 0,125 and 1234,567: no thousands are written like this. */
const DECIMAL = /^[+-]?(\d*,|0,\d+|\d*,\d{1,2}|\d*,\d{4,}|\d{4,},\d{3})(e[+-]?\d+)?$/i;
/** 1,000 and 12,345,678: perhaps thousands. */
const THOUSANDS = /^[+-]?\d{1,3}(,\d{3})+$/;
/** What a comma leaves behind that stood within 1,000. */
const TORN = /^0\d\d$/;

/**
 * Whether the commas within numbers are decimal points, as they are where one of them can be nothing
 * else and no number has a point; a sentence where it cannot be told.
 * @param {readonly Rows[]} maps
 * @param {boolean} isBetween  whether commas stand between the numbers
 * @returns {boolean | {sentence: string}}
 */
export function commasIn(maps, isBetween) {
  const cells = maps.flat(2);
  if (isBetween) {
    const torn = cells.findIndex((cell, at) => at > 0 && TORN.test(cell));
    return torn < 0 ? false : refused(`${cells[torn - 1]},${cells[torn]}`);
  }
  const withComma = cells.filter((cell) => cell.includes(','));
  const doubtful = withComma.find(isDoubtful);
  if (doubtful === undefined) return withComma.length > 0;
  const isDecimal = withComma.every((cell) => DECIMAL.test(cell) || /^[^,]*,[^,]*$/.test(cell));
  const isSure = isDecimal && withComma.some((cell) => DECIMAL.test(cell));
  return isSure && !cells.some((cell) => cell.includes('.')) ? true : refused(doubtful);
}

/** Whether a number's comma may stand between thousands as well as be a decimal point. @param {string} number */
export const isDoubtful = (number) => THOUSANDS.test(number) && !DECIMAL.test(number);

/** What a number with such a comma may be, and what to write instead. @param {string} number */
export const doubtOf = (number) =>
  `“${number}” may be ${number.replaceAll(',', '')} or ${number.replace(',', '.')}: ` +
  'write it without the comma.';

/** @param {string} what */
const refused = (what) => ({ sentence: doubtOf(what) });
