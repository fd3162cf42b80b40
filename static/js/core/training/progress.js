import { count as countText, fixed, percent, significant, withUnit } from '../number.js';

/**
 * @typedef {{state: string, epoch: number, step: number, steps: number, samples_per_second: number,
 *   recipe: {readonly epochs: number, readonly batch_size: number}}} Going
 */

/** What a run's state is called. @type {Record<string, string>} */
const STATES = {
  queued: 'waiting',
  running: 'training',
  paused: 'paused',
  finished: 'finished',
  stopped_early: 'stopped early',
  cancelled: 'cancelled',
  diverged: 'diverged',
  failed: 'failed',
};

/** @param {string} state */
export const stateText = (state) => STATES[state] ?? state;

/** A span of time as a person says it. @param {number} seconds */
export function durationText(seconds) {
  if (!Number.isFinite(seconds)) return '';
  if (seconds < 1) return `less than ${withUnit(1, 's')}`;
  const whole = Math.round(seconds);
  if (whole < 60) return withUnit(whole, 's');
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${withUnit(minutes, 'min')} ${withUnit(whole % 60, 's')}`;
  return `${withUnit(Math.floor(minutes / 60), 'h')} ${withUnit(minutes % 60, 'min')}`;
}

/**
 * How long a run has to go yet, by how long its epochs took, validation included; NaN where nothing is known.
 * @param {Going} run
 * @param {readonly {seconds: number}[]} epochs  those that have ended
 */
export function secondsLeft({ step, steps, samples_per_second: speed, recipe }, epochs) {
  const stepsPerEpoch = steps / recipe.epochs;
  const newest = epochs.slice(-3);
  const seconds = newest.reduce((sum, epoch) => sum + epoch.seconds, 0) / newest.length;
  const perStep = newest.length > 0 ? seconds / stepsPerEpoch : recipe.batch_size / speed;
  return (steps - step) * perStep;
}

/** The best a run came to, by its epochs; null before the first has ended. @param {readonly {epoch: number, val_accuracy: number, val_loss: number, best: boolean}[]} epochs */
export const bestEpoch = (epochs) => epochs.findLast(({ best }) => best) ?? null;

/** A loss with as many digits as tell it from others. @param {number} loss */
export const lossText = (loss) => significant(loss, 4);

/** What is no number that could be written, in the words in which a run says why it ended. @type {Readonly<Record<string, string>>} */
const NOT_FINITE = { NaN: 'not a number', Infinity: 'infinite', '-Infinity': 'minus infinity' };

/** The loss of a moment, as the API tells it. @param {number | string | null} told */
export function momentLossText(told) {
  const loss = Number(told ?? NaN);
  if (!Number.isFinite(loss)) return NOT_FINITE[String(loss)];
  return loss !== 0 && loss < 10 ? fixed(loss, 4) : lossText(loss);
}

/** What a guess among so many classes costs, as cross entropy. @param {number} classes */
export const guessingLoss = (classes) => Math.log(classes);

/** Where a run is, in a line. @param {Going} run */
export const whereText = ({ epoch, step, steps, recipe }) =>
  `epoch ${epoch} of ${recipe.epochs}, step ${countText(step)} of ${countText(steps)}`;

/** @param {number} share */
export const accuracyText = (share) => percent(share);
