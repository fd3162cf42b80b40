// How many digits the parts of a sum are printed with, so that what is printed adds up.

import { fixed, scientific } from './number.js';

const [FEWEST, MOST] = [4, 8];

/**
 * The decimals that keep four significant digits of the largest of some numbers.
 * @param {ArrayLike<number>} values  the parts of a sum, and the sum
 */
export function decimalsFor(values) {
  const largest = Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0 || !Number.isFinite(largest)) return FEWEST;
  return Math.max(FEWEST, Math.min(MOST, FEWEST - 1 - Math.floor(Math.log10(largest))));
}

/**
 * The decimals of the first factors, with one more for the second ones, that are enough: the
 * products of the printed numbers add up to the sum's own rounding.
 * @param {ArrayLike<number>} a  window
 * @param {ArrayLike<number>} b  weights, as many
 * @param {number} decimals  of the printed sum
 */
export function productDecimals(a, b, decimals) {
  const errorAt = (/** @type {number} */ places) => {
    let error = 0;
    for (let i = 0; i < a.length; i += 1) {
      error += a[i] * b[i] - Number(a[i].toFixed(places)) * Number(b[i].toFixed(places + 1));
    }
    return Math.abs(error);
  };
  let places = FEWEST;
  while (places < MOST && errorAt(places) > 0.5 * 10 ** -decimals) places += 1;
  return places;
}

/** Of the largest number that took part: less than this is the rounding of float64. */
const NOISE = 1e-12;

/**
 * What is left of a sum once some of its parts are named; 0 where only rounding is left.
 * @param {number} sum
 * @param {readonly number[]} parts
 */
export function remainder(sum, parts) {
  const rest = parts.reduce((left, part) => left - part, sum);
  const largest = parts.reduce((most, part) => Math.max(most, Math.abs(part)), Math.abs(sum));
  return Math.abs(rest) <= NOISE * largest ? 0 : rest;
}

/**
 * A number with fixed decimals, or as a power of ten where those would keep too little of it.
 * @param {number} value
 * @param {number} decimals
 * @param {number} [digits]  significant ones that have to be left
 */
export function figure(value, decimals, digits = 1) {
  const isLost = value !== 0 && Math.abs(value) < 10 ** (digits - 1 - decimals);
  return isLost ? scientific(value, 2) : fixed(value, decimals);
}

/**
 * A factor of a product: two digits are left of the smallest, and nothing is a plain 0.
 * @param {number} value
 * @param {number} decimals
 */
export const factor = (value, decimals) => (value === 0 ? '0' : figure(value, decimals, 2));

/**
 * The same where there is little room: one digit is left of the smallest.
 * @param {number} value
 * @param {number} decimals
 */
export const shortFactor = (value, decimals) => (value === 0 ? '0' : shortFigure(value, decimals));

/**
 * A number in little room, a power of ten where its decimals would show nothing of it.
 * @param {number} value
 * @param {number} decimals
 */
export function shortFigure(value, decimals) {
  const isLost = value !== 0 && Number(value.toFixed(decimals)) === 0;
  return isLost ? scientific(value, 0).replaceAll(' ', '') : fixed(value, decimals);
}

/**
 * The fewest decimals with which values that differ read differently, as far as there are enough.
 * @param {readonly number[]} values
 * @param {number} fewest
 * @param {number} most
 */
export function decimalsApart(values, fewest, most) {
  const different = Array.from(new Set(values));
  const isAlike = (/** @type {number} */ places) =>
    new Set(different.map((value) => shortFigure(value, places))).size < different.length;
  let places = fewest;
  while (places < most && isAlike(places)) places += 1;
  return places;
}

/** A printed number as LaTeX, a negative one in brackets. @param {string} text */
export function texNumber(text) {
  const tex = text
    .replace('−', '-')
    .replace(/ · 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power) => `\\cdot 10^{${plainPower(power)}}`);
  return tex.startsWith('-') ? `(${tex})` : tex;
}

/** @param {string} power  in superscripts */
const plainPower = (power) =>
  [...power].map((digit) => (digit === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit))).join('');
