/**
 * An exponential mean of what came before, each value counting the less the longer ago it was, and the first
 * no more than any other: the sum is divided by the weights that went into it. What is no number is left out.
 * Source: Kingma and Ba 2014, section 3, for the division.
 * @param {ArrayLike<number>} values
 * @param {number} span  after how many steps one counts e times less; 0: the values themselves
 * @param {ArrayLike<number>} [steps]  of the values, ascending; each the next if none are given
 * @returns {Float64Array}
 */
export function smoothed(values, span, steps) {
  const means = new Float64Array(values.length);
  let [sum, weight] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    const gap = steps && at > 0 ? steps[at] - steps[at - 1] : 1;
    const keep = span > 0 ? Math.exp(-gap / span) : 0;
    if (Number.isFinite(value)) {
      sum = keep * sum + (1 - keep) * value;
      weight = keep * weight + (1 - keep);
    }
    means[at] = sum / weight;
  }
  return means;
}
