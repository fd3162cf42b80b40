import { scientific } from '../number.js';

/** A number as an axis has it: no more digits than it needs. @param {number} value */
export function tickText(value) {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e4))
    return String(Number(value.toPrecision(3))).replace('-', '−');
  const text = scientific(value, 2).replace(/\.?0+ ·/, ' ·');
  return text.replace(/^(−?)1 · /, '$1');
}

/** Digits that a power of ten is divided by, the fewer the more powers there are. */
const STEPS = [[1, 2, 5], [1, 3], [1]];
/** So many powers of ten have room beside each other; of more, every second, third … is marked. */
const MOST_POWERS = 8;

/**
 * Where a logarithmic axis is marked: at powers of ten, and between them where there are few.
 * @param {number} low  above 0
 * @param {number} high
 */
export function logTicks(low, high) {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const digits = STEPS[Math.min(STEPS.length - 1, Math.max(0, to - from - 2))];
  const every = Math.ceil((to - from) / MOST_POWERS);
  const powers = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter(
    (power) => every < 2 || power % every === 0,
  );
  const all = powers.flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)));
  return all.filter((value) => value >= low && value <= high);
}
