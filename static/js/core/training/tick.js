import { scientific } from '../number.js';

/** A number as an axis has it: no more digits than it needs. @param {number} value */
export function tickText(value) {
  const isSmall = value !== 0 && Math.abs(value) < 1e-3;
  if (!isSmall) return String(Number(value.toPrecision(3))).replace('-', '−');
  return scientific(value, 0).replace('1 · ', '');
}
