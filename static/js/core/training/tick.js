import { scientific } from '../number.js';

/** A number as an axis has it: no more digits than it needs. @param {number} value */
export function tickText(value) {
  const isSmall = value !== 0 && Math.abs(value) < 1e-3;
  if (!isSmall) return String(Number(value.toPrecision(3))).replace('-', '−');
  return scientific(value, 0).replace('1 · ', '');
}

/** Digits that a power of ten is divided by, the fewer the more powers there are. */
const STEPS = [[1, 2, 5], [1, 3], [1]];

/**
 * Where a logarithmic axis is marked: at powers of ten, and between them where there are few.
 * @param {number} low  above 0
 * @param {number} high
 */
export function logTicks(low, high) {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const digits = STEPS[Math.min(STEPS.length - 1, Math.max(0, to - from - 2))];
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const all = powers.flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)));
  return all.filter((value) => value >= low && value <= high);
}
