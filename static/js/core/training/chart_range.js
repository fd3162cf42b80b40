// On which scale a chart is drawn, and from where to where.

/**
 * @import {Chart, Scale} from './charts.js'
 * @import {Curves} from './curves.js'
 */

/**
 * From where to where a chart's values are drawn. Only its lines count: a level to compare with that lies far
 * from them is out of sight.
 * @param {{range: readonly [number, number] | null, scale: Scale}} chart  range: where it
 *   does not follow from the values
 * @param {number | null} low  the least of all values
 * @param {number | null} high
 * @returns {readonly [number, number]}
 */
export function rangeOf({ range, scale }, low, high) {
  const isLog = scale === 'log';
  if (range) return range;
  if (low === null || high === null || !(high > 0)) return isLog ? [0.01, 1] : [0, 1];
  if (!isLog) return [Math.min(0, low), high * 1.06];
  const room = high < 1.5 * low ? 4 : 1.3;
  // What is next to nothing must not push all else together, nor what is huge push away all that is usual.
  return [Math.max(low, Math.min(1e-3, high * 1e-7)) / room, high * room];
}

/** Of so many times what guessing costs, a loss is read on a logarithmic scale. */
const HUGE = 20;

/**
 * The scale that a chart opens with: a loss that has leapt far beyond guessing would hide all else on a
 * linear one.
 * @param {Chart} chart
 * @param {readonly Curves[]} shown
 * @param {number} guessing  the loss of a guess
 * @returns {Scale}
 */
export function openingScale({ name, scale }, shown, guessing) {
  const isHuge = (/** @type {number} */ loss) => Number.isFinite(loss) && loss > HUGE * guessing;
  return name === 'loss' && shown.some(({ loss }) => loss.some(isHuge)) ? 'log' : scale;
}
