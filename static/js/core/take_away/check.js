// Our numbers beside PyTorch's.

/**
 * The largest difference of two lists of numbers; Infinity where one is not finite and the other
 * another, or where they are not equally long.
 * @param {Float64Array} ours
 * @param {Float64Array} theirs
 */
export function largestDifference(ours, theirs) {
  if (ours.length !== theirs.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < ours.length; index++) {
    if (Object.is(ours[index], theirs[index])) continue;
    const difference = Math.abs(ours[index] - theirs[index]);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest;
}

/** Sums of thousands of products in another order differ by less than this share. */
const ROUNDING = 1e-12;

/**
 * Whether a difference is no more than float64 rounds in sums of this size.
 * @param {number} difference
 * @param {Float64Array} ours
 */
export function isRounding(difference, ours) {
  let largest = 1;
  for (const value of ours)
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return difference <= ROUNDING * largest;
}
