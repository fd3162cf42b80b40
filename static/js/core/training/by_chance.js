/**
 * What became of a unit where some are left out by chance.
 * @typedef {'kept' | 'zero' | 'left-out'} UnitState
 */

/** As the API numbers them. @type {readonly UnitState[]} */
const STATES = ['kept', 'zero', 'left-out'];

/**
 * The units of one image, laid into lines.
 * @param {Float32Array} units  of all images
 * @param {readonly number[]} shape  (images, units)
 * @param {number} image
 * @param {number} across  units a line
 */
export function unitsOf(units, [, count], image, across) {
  return Array.from({ length: count }, (_, at) => ({
    state: STATES[units[image * count + at]],
    row: Math.floor(at / across),
    column: at % across,
  }));
}

/** How many units of a state there are. @param {readonly {state: UnitState}[]} units @param {UnitState} wanted */
export const countOf = (units, wanted) => units.filter(({ state }) => state === wanted).length;

/**
 * From where to where each map's values go, one standard deviation either way, as shares of the widest.
 * @param {ArrayLike<number>} means
 * @param {ArrayLike<number>} stds
 */
export function bandsOf(means, stds) {
  const bands = Array.from(means, (mean, at) => ({
    low: mean - stds[at],
    mean,
    high: mean + stds[at],
  }));
  const widest =
    Math.max(...bands.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) || 1;
  return { bands, widest };
}
