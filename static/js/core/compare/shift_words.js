// How far something moves, in words: whole cells, or a fraction of one.

import { counted } from '../number.js';

/** @import {Shift} from './shift.js' */

/** Inputs are no larger than this, and so no denominator is. */
const LARGEST = 64;
/** @type {Record<string, string>} */
const NAMES = { '1/2': 'half', '1/3': 'a third of', '1/4': 'a quarter of' };

/** How far, down and across; a direction in which nothing moves is left out. @param {Shift} by */
export function wayOf({ rows, columns }) {
  const parts = [partOf(rows, 'row'), partOf(columns, 'column')].filter(Boolean);
  return parts.join(' and ');
}

/** @param {number} far @param {string} word */
function partOf(far, word) {
  if (far === 0) return '';
  if (Number.isInteger(far)) return counted(far, word);
  const fraction = fractionOf(far);
  if (far > 1) return `${fraction} ${word}s`;
  const share = NAMES[fraction] ?? `${fraction} of`;
  return `${share} a ${word}`;
}

/** A number as a fraction with the smallest denominator that gives it. @param {number} value */
function fractionOf(value) {
  let below = 1;
  while (below < LARGEST && Math.abs(value * below - Math.round(value * below)) > 1e-9) below += 1;
  return `${Math.round(value * below)}/${below}`;
}
