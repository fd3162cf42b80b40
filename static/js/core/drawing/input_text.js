import { SMALLEST } from './crop.js';

/**
 * What is read of a photograph, and what is done to a network's input, as text for a link.
 *
 * @import {Crop} from './crop.js'
 * @import {Alteration} from './strokes.js'
 */

const [FURTHEST_PX, MOST_DEGREES] = [512, 180];

/** Numbers with _ between them, each no further from 0 than its limit; null where there are others. @param {string} text @param {readonly number[]} limits */
function numbersOf(text, limits) {
  const numbers = text.split('_').map((part) => (part === '' ? NaN : Number(part)));
  const isLong = numbers.length !== limits.length;
  return isLong || !numbers.every((n, i) => Math.abs(n) <= limits[i]) ? null : numbers;
}

/** @param {Alteration} altered */
export const alterationText = ({ right, down, turn, noise }) =>
  [right, down, turn, noise].join('_');

/** @param {string} text @returns {Alteration | null} */
export function alterationFrom(text) {
  const numbers = numbersOf(text, [FURTHEST_PX, FURTHEST_PX, MOST_DEGREES, 1]);
  if (!numbers) return null;
  const [right, down, turn, noise] = numbers;
  const areWhole = Number.isInteger(right) && Number.isInteger(down);
  return areWhole && noise >= 0 ? { right, down, turn, noise } : null;
}

/** @param {Crop} crop */
export const cropText = ({ x, y, size }) => [x, y, size].map((n) => +n.toFixed(5)).join('_');

/** @param {string} text @returns {Crop | null} */
export function cropFrom(text) {
  const numbers = numbersOf(text, [1, 1, 1]);
  if (!numbers) return null;
  const [x, y, size] = numbers;
  return Math.min(x, y) >= 0 && size >= SMALLEST ? { x, y, size } : null;
}
