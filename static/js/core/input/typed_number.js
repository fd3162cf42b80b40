// Numbers as a person types, steps and reads them in a cell.

import { isDoubtful } from './paste_commas.js';

const MINUS = '−';

/** A number with a point or a comma, maybe a power of ten. */
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/** @param {string} text */
function plainNumber(text) {
  return NUMBER.test(text) && !isDoubtful(text) ? Number(text.replace(',', '.')) : NaN;
}

/**
 * The number that a text means: "-1", "−1", "0,5", "1/9", "2e-3"; null where it means none,
 * or where its comma may stand between thousands: "1,000".
 * @param {string} text
 */
export function typedNumber(text) {
  const plain = text.trim().replaceAll(MINUS, '-').replaceAll(/\s/g, '');
  const parts = plain.split('/');
  if (parts.length > 2) return null;
  const [upper, lower] = [plainNumber(parts[0]), parts.length === 2 ? plainNumber(parts[1]) : 1];
  const value = upper / lower;
  return Number.isFinite(value) ? value : null;
}

/**
 * A value some steps further, on twelve significant digits, so that 0.1 + 0.2 is 0.3.
 * @param {number} value
 * @param {number} steps
 * @param {number} step
 */
export function stepped(value, steps, step) {
  const sum = value + steps * step;
  // What is a millionth of a step away from zero is zero.
  return Math.abs(sum) < step * 1e-6 ? 0 : Number(sum.toPrecision(12));
}

/**
 * A number in as few characters as a cell has room for: 1, −0.5, .33; two decimals at most.
 * @param {number} value
 * @param {boolean} isNarrow  leaves the zero before the point away
 */
export function cellText(value, isNarrow) {
  const size = Math.abs(value);
  if (size >= 10_000) return value.toExponential(0).replace('-', MINUS).replace('e+', 'e');
  const decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const text = String(Number(size.toFixed(decimals)));
  const sign = value < 0 && Number(text) !== 0 ? MINUS : '';
  return sign + (isNarrow ? text.replace(/^0\./, '.') : text);
}

/** A number to be edited: every digit it has, the dust of binary fractions left away. @param {number} value */
export function exactText(value) {
  return String(Number(value.toPrecision(12)));
}
