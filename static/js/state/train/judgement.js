import { computed, effect, signal, untracked } from '@preact/signals-core';

import { ApiError, getTensors } from '../../api/client.js';
import {
  confusionCells,
  mostFrequentMistake,
  worstFirst,
  worstShare,
} from '../../core/training/confusion.js';
import { dataSetsOf } from './data_sets.js';
import { holdAnswers } from './held_answers.js';
import { MomentAnswers } from './moment_answers.js';
import { createRunImages } from './run_images.js';

/**
 * @import {Held} from './held_answers.js'
 * @import {ConfusionCell, Judged} from '../../core/training/confusion.js'
 * @import {Picture} from '../../core/colour.js'
 * @import {Tensor, TensorFile} from '../../core/tensor.js'
 * @import {Training} from './training.js'
 * @typedef {{truth: number, predicted: number}} Pair
 *
 * What a moment made of the validation's pictures.
 * @typedef {{moment: import('./shown_moments.js').ShownMoment, isOld: boolean, judged: Judged,
 *   classes: readonly string[], cells: readonly ConfusionCell[], count: number, of: number, accuracy: number,
 *   loss: number | null}} MomentJudgement
 *
 * One of the pictures of a cell. `ink`: it as a drawing, as a link has it; '' until that is known. `place`: its
 * number in a data set of one's own, −1 once it was taken out.
 * @typedef {{index: number, confidence: number, picture: Picture | null, ink: string,
 *   place: number | null}} Mistake
 */

/** So many of a cell's pictures are shown. */
const MOST_PICTURES = 24;
/** A moment's judgement takes a while: so many are prepared at rest. */
const PREPARED = 4;

/** @param {TensorFile} answer @returns {Judged} */
function judgedOf({ tensors }) {
  const of = (/** @type {string} */ name) => /** @type {Tensor} */ (tensors.get(name));
  return {
    labels: of('labels'),
    predictions: of('predictions'),
    confidence: of('confidence'),
    confusion: of('confusion'),
  };
}

/** @param {Held} held @param {number} worst */
function judgementOf({ moment, isOld, answer }, worst) {
  const judged = judgedOf(answer);
  const { classes, count, of, accuracy, loss } = answer.document;
  return {
    moment,
    isOld,
    judged,
    classes,
    cells: confusionCells(judged.confusion, worst),
    count,
    of,
    accuracy,
    loss,
  };
}

/**
 * The cell that is open in each matrix: the same in both, unless they tell other classes apart.
 * @param {readonly MomentJudgement[]} shown
 * @param {{pair: Pair, which: number} | null} chosen
 */
function openCells(shown, chosen) {
  const taskOf = (/** @type {number} */ which) => JSON.stringify(shown[which]?.classes);
  return shown.map(({ cells }, which) => {
    if (chosen && taskOf(chosen.which) === taskOf(which)) return chosen.pair;
    return mostFrequentMistake(taskOf(0) === taskOf(which) ? shown[0].cells : cells);
  });
}

/**
 * The pictures of the open cell at one moment, the worst first.
 * @param {() => MomentJudgement | undefined} judgement
 * @param {import('@preact/signals-core').ReadonlySignal<Pair | null>} open
 */
function createMistakes(judgement, open) {
  const worst = computed(() => {
    const own = judgement();
    return own && open.value ? worstFirst(own.judged, open.value, MOST_PICTURES) : [];
  });
  const { images, refresh, end } = createRunImages(() => ({
    run: judgement()?.moment.run.id ?? '',
    indices: worst.value.map(({ index }) => index),
  }));
  const mistakes = computed(() =>
    worst.value.map(
      /** @returns {Mistake} */ (each, at) => {
        const { picture = null, ink = '', place = null } = images.value[at] ?? {};
        return { ...each, picture, ink, place };
      },
    ),
  );
  return { mistakes, refresh, end };
}

/**
 * What a run's moments make of the pictures kept for validation.
 * @param {Training} training
 * @param {import('@preact/signals-core').ReadonlySignal<boolean>} isInSight
 */
export function createJudgement(training, isInSight) {
  const answers = new MomentAnswers((key, overtaken) => getTensors(key, { signal: overtaken }));
  const keyOf = (/** @type {string} */ run, /** @type {number} */ step) =>
    `/runs/${encodeURIComponent(run)}/moments/${step}/judgement`;
  const questions = { keyOf, neighbours: () => PREPARED, isInSight };
  const { held, failure, end } = holdAnswers(training, answers, questions);
  /** The cell that was opened, and in which matrix; null: the mistake that is made most often. @type {import('@preact/signals-core').Signal<{pair: Pair, which: number} | null>} */
  const chosen = signal(null);
  const shown = computed(() => {
    const worst = Math.max(
      ...held.value.map(({ answer }) => worstShare(judgedOf(answer).confusion)),
      0,
    );
    return held.value.map((each) => judgementOf(each, worst));
  });
  const open = computed(() => openCells(shown.value, chosen.value));
  const mistaken = [0, 1].map((which) =>
    createMistakes(
      () => shown.value[which],
      computed(() => open.value[which] ?? null),
    ),
  );
  const sets = dataSetsOf(training);
  const set = computed(() => String(training.signals.run.value?.recipe.dataset));
  const takenOut = computed(
    () => sets.signals.takenOut.value.filter((each) => each.set === set.value).length,
  );
  const stop = effect(() => {
    void takenOut.value;
    untracked(() => mistaken.forEach(({ refresh }) => refresh()));
  });
  /** @param {() => Promise<void>} act */
  const trying = async (act) => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      training.signals.problem.value = error.detail;
      for (const each of mistaken) each.refresh();
    }
  };
  return {
    signals: {
      shown,
      /** The cell that is open in each matrix. */
      open,
      /** How many pictures can be put back into the data set of one's own. */
      takenOut,
      failure,
      /** The pictures of the open cell, the worst first, of each moment. */
      mistakes: computed(() => mistaken.map(({ mistakes }) => mistakes.value)),
    },
    actions: {
      /** @param {Pair} pair @param {number} which  of the matrices */
      open: (pair, which) => void (chosen.value = { pair, which }),
      /** Takes a picture out of the data set of one's own that the run learned. @param {import('../../core/training/data_set.js').Shown} picture */
      takeOut: (picture) => trying(() => sets.actions.takeOut(set.peek(), picture)),
      /** Puts the last of them back. */
      putBack: () => trying(() => sets.actions.putBack(set.peek())),
    },
    end() {
      end();
      stop();
      for (const each of mistaken) each.end();
    },
  };
}
