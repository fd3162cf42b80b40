// Lines of their own steps over one row of steps, as a chart draws them.

/**
 * @import {Line, Values} from './charts.js'
 */

/**
 * Two ascending rows of numbers as one: one of them itself, where it has all of the other.
 * @param {ArrayLike<number>} one
 * @param {ArrayLike<number>} other
 * @returns {ArrayLike<number>}
 */
function union(one, other) {
  if (one === other) return one;
  const both = [];
  for (let [i, j] = [0, 0]; i < one.length || j < other.length;) {
    const [a, b] = [one[i] ?? Infinity, other[j] ?? Infinity];
    both.push(Math.min(a, b));
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return [one, other].find((row) => row.length === both.length) ?? both;
}

/** A line's values at all of x, null where it has none. @param {Line} line @param {ArrayLike<number>} x @returns {Values} */
function spread(line, x) {
  if (line.x === x) return line.values;
  /** @type {(number | null)[]} */
  const all = new Array(x.length).fill(null);
  for (let [i, j] = [0, 0]; j < line.x.length; i++) {
    if (x[i] === line.x[j]) all[i] = line.values[j++];
  }
  return all;
}

/** Whether some of them is no number; as a loop, since a long run has many in each frame. @param {Values} values */
function hasGap(values) {
  for (let at = 0; at < values.length; at++) if (Number.isNaN(values[at])) return true;
  return false;
}

/** Values without what is no number: a chart would draw it as the least. @param {Values} values @returns {Values} */
function withGaps(values) {
  if (!hasGap(values)) return values;
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}

/**
 * Lines over one row of steps, as a chart draws them: the steps first.
 * @param {readonly Line[]} lines
 * @returns {Values[]}
 */
export function aligned(lines) {
  const x = lines.reduce((all, line) => union(all, line.x), /** @type {ArrayLike<number>} */ ([]));
  return [x, ...lines.map((line) => withGaps(spread(line, x)))];
}
