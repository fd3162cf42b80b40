import { computed, effect, signal, untracked } from '@preact/signals-core';

import { lackOfNumbers, isUsable } from '../../core/training/moments.js';
import { nearestFirst } from '../../core/training/moment_order.js';
import { isLookedAt, isSeen } from './sight.js';
import { createShownMoments } from './shown_moments.js';

/**
 * @import {TensorFile} from '../../core/tensor.js'
 * @import {Moment} from '../../core/training/moments.js'
 * @import {MomentAnswers} from './moment_answers.js'
 * @import {ShownMoment} from './shown_moments.js'
 * @import {Training} from './training.js'
 *
 * What is on show of a moment. `isOld`: another one is asked for, and not there yet.
 * @typedef {{readonly moment: ShownMoment, readonly answer: TensorFile, readonly isOld: boolean}} Held
 */

/**
 * Keeps what is on show of the moments that are looked at: an answer stays, and says of which moment it is,
 * until that of the next one has come.
 * @param {Training} training
 * @param {MomentAnswers} answers
 * @param {{keyOf: (run: string, step: number) => string, neighbours: (held: readonly Held[]) => number,
 *   isInSight: import('@preact/signals-core').ReadonlySignal<boolean>}} questions  keyOf: '' where there is no
 *   question yet; neighbours: how many of a moment's are prepared at rest; isInSight: beside a run that goes on,
 *   nothing is asked that nobody would see
 */
export function holdAnswers(training, answers, { keyOf: questionOf, neighbours, isInSight }) {
  const keyOf = (/** @type {string} */ run, /** @type {Moment} */ moment) =>
    isUsable(moment) ? questionOf(run, moment.step) : '';
  const held = signal(/** @type {readonly Held[]} */ ([]));
  const shown = createShownMoments(training);
  const isWanted = isLookedAt(training, isInSight);
  const stopAsking = effect(() => {
    const moments = isWanted.value ? shown.value : [];
    const now = moments.map(({ run, moment }) => keyOf(run.id, moment));
    const isAtRest = isSeen.value && !training.signals.isLiving.value;
    const most = isAtRest ? neighbours(held.value) : 0;
    const later = laterKeys(training, (moment) => keyOf(training.signals.id.value, moment), most);
    answers.want(
      now.filter((key) => key !== ''),
      later.filter((key) => key !== ''),
    );
  });
  const stopShowing = effect(() => {
    const moments = shown.value;
    const keys = moments.map(({ run, moment }) => keyOf(run.id, moment));
    const found = keys.map((key) => answers.get(key));
    const refused = keys.map((key, at) => answers.isRefused(key) || !isUsable(moments[at].moment));
    untracked(() => {
      held.value = moments.flatMap((moment, index) => {
        const answer = found[index];
        const before = held.value[index];
        if (answer) return { moment, answer, isOld: false };
        if (refused[index]) return [];
        return before?.moment.run.id === moment.run.id ? { ...before, isOld: true } : [];
      });
    });
  });
  const end = () => {
    stopAsking();
    stopShowing();
    answers.want([]);
  };
  /** Why what is on show cannot be had, in a sentence; '' where it can. */
  const failure = computed(() => lackOfNumbers(shown.value) || answers.failure.value);
  return { held, failure, end };
}

/** The keys of the moments beside the one on show. @param {Training} training @param {(moment: Moment) => string} keyOf @param {number} most */
function laterKeys({ signals }, keyOf, most) {
  const [moments, step] = [signals.moments.value, signals.step.value];
  const at = moments.findIndex((each) => each.step === step);
  if (at < 0) return [];
  return nearestFirst(moments, at).slice(0, most).map(keyOf);
}
