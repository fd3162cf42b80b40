// The moments of a run whose weights are kept, along one line.

import { count as countText } from '../number.js';

/**
 * A moment whose weights are kept, as the API tells of it.
 * @typedef {{step: number, epoch: number, val_loss: number | null, val_accuracy: number | null,
 *   best: boolean, finite?: boolean}} Moment  finite: whether its weights are numbers; told of all but old ones
 *
 * @typedef {Moment & {readonly share: number}} Place  share: where on the line it lies, 0…1
 */

/** What part of the line the first epoch has: no less, no more. */
const LEAST_FIRST = 0.25;
const MOST_FIRST = 0.6;

/** Whether a moment lies within the first epoch, or before it. @param {Moment} moment */
const isEarly = ({ epoch }) => epoch === 0;

/**
 * Where the moments lie on the line. Those within the first epoch are as far from each other, however few
 * steps are between them; those at the ends of epochs lie by their epoch.
 * @param {readonly Moment[]} moments  the earliest first
 * @param {number} epochs  how many the line is for
 * @returns {Place[]}
 */
export function places(moments, epochs) {
  const early = moments.filter(isEarly).length;
  const first = Math.min(MOST_FIRST, Math.max(LEAST_FIRST, early / (early + epochs)));
  return moments.map((moment, index) => ({
    ...moment,
    share: isEarly(moment)
      ? (first * index) / Math.max(1, early)
      : first + ((1 - first) * (moment.epoch - 1)) / Math.max(1, epochs - 1),
  }));
}

/** The moment that lies nearest to a place on the line. @param {readonly Place[]} all @param {number} share */
export function nearest(all, share) {
  let best = all[0];
  for (const each of all) {
    if (Math.abs(each.share - share) < Math.abs(best.share - share)) best = each;
  }
  return best;
}

/** The moment that is shown for a step: the last that is kept by then; the first where none is. @param {readonly Moment[]} moments @param {number} step */
export const momentBy = (moments, step) =>
  moments.findLast((moment) => moment.step <= step) ?? moments[0];

/**
 * The step of the first kept moment by which the loss has fallen to half of what the first step cost: most has
 * been learned, and much is still mistaken. Where there is none, the last by which something can be computed;
 * null where that is the last of all.
 * @param {readonly Moment[]} moments  the earliest first
 * @param {{step: ArrayLike<number>, loss: ArrayLike<number>}} told  of every step
 */
export function turningStep(moments, { step, loss }) {
  const lossAt = new Map(Array.from(step, (each, at) => [each, loss[at]]));
  const found = moments.find((moment) => Number(lossAt.get(moment.step)) < loss[0] / 2);
  if (found) return found.step;
  const last = moments.findLast(isUsable);
  return last && last !== moments.at(-1) ? last.step : null;
}

/** Whether anything can be computed by a moment's weights, as far as is known. @param {Moment} moment */
export const isUsable = ({ finite }) => finite !== false;

const LACK =
  'the weights of this moment are not all finite numbers: nothing can be computed by them.';

/** Which of the moments on show have no numbers to compute by, in a sentence; '' where all have. @param {readonly {name: string, moment: Moment}[]} shown */
export function lackOfNumbers(shown) {
  const lacking = shown.filter(({ moment }) => !isUsable(moment)).map(({ name }) => name);
  if (lacking.length === 0) return '';
  const where = shown.length > 1 ? `${lacking.join(' and ')}: ` : '';
  return (where + LACK).replace(/^./, (letter) => letter.toUpperCase());
}

/** When a moment was, as a person says it. @param {Moment} moment */
export function momentText({ epoch, step }) {
  if (step === 0) return 'before the first step';
  const steps = `step ${countText(step)}`;
  return epoch === 0 ? `${steps}, within epoch 1` : `${steps}, after epoch ${epoch}`;
}
