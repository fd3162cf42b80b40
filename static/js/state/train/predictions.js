import { computed, effect, signal, untracked } from '@preact/signals-core';

import { ApiError } from '../../api/client.js';
import { isUsable } from '../../core/training/moments.js';
import { isForNow } from '../retry.js';
import { NewestQuestion } from '../newest_question.js';
import { isLookedAt } from './sight.js';

/**
 * @import {Moment} from '../../core/training/moments.js'
 * @import {Tensor, TensorFile} from '../../core/tensor.js'
 * @import {Training} from './training.js'
 *
 * How probable every kept moment of a run finds each class of what is drawn. `moments`: as many as rows.
 * @typedef {{readonly run: string, readonly classes: readonly string[], readonly moments: readonly Moment[],
 *   readonly probabilities: Tensor, readonly isOld: boolean}} Read
 *
 * @typedef {{readonly key: string, readonly run: string, readonly moments: readonly Moment[],
 *   readonly version: number}} Asked
 *
 * `version`: another number for every other drawing.
 * @typedef {{version: import('@preact/signals-core').ReadonlySignal<number>,
 *   isInSight: import('@preact/signals-core').ReadonlySignal<boolean>, isReady: () => boolean,
 *   ask: (path: string, overtaken: AbortSignal) => Promise<TensorFile>}} Question
 */

/** @type {readonly Moment[]} */
const NONE = [];

/**
 * Keeps what every moment of a run makes of the drawing.
 * @param {Training} training
 * @param {number} index  0: of the run on show, 1: of the one beside it
 * @param {Question} question
 */
export function createPredictions({ signals }, index, { version, isInSight, isReady, ask }) {
  /** @type {import('@preact/signals-core').Signal<{asked: Asked, classes: readonly string[], probabilities: Tensor, steps: Tensor} | null>} */
  const newest = signal(null);
  const failure = signal('');
  const run = computed(() => {
    const [first, other] = [signals.run.value, signals.compared.value?.run ?? null];
    return index === 0 ? first : other?.id === first?.id ? null : other;
  });
  const questions = new NewestQuestion({
    ask: (/** @type {Asked} */ asked, overtaken) =>
      ask(`/runs/${encodeURIComponent(asked.run)}/predictions`, overtaken),
    show: (asked, { document: { classes }, tensors }) => {
      const [probabilities, steps] = [tensors.get('probabilities'), tensors.get('steps')];
      failure.value = '';
      if (probabilities && steps) newest.value = { asked, classes, probabilities, steps };
    },
    fail: (asked, error) => {
      if (!(error instanceof ApiError)) throw error;
      failure.value = error.detail;
      if (isForNow(error))
        setTimeout(() => run.peek()?.id === asked.run && questions.want(asked), 800);
    },
  });
  const id = computed(() => run.value?.id ?? '');
  const kept = computed(() => run.value?.checkpoints ?? NONE);
  const isLooked = isLookedAt({ signals }, isInSight);
  const stop = effect(() => {
    const [key, moments] = [id.value, kept.value];
    const isWanted = isLooked.value && moments.some(isUsable) && isReady();
    const asked = isWanted ? { key, run: key, moments, version: version.value } : null;
    untracked(() => questions.want(asked));
  });
  return {
    failure,
    read: computed(
      /** @returns {Read | null} */ () => {
        const answer = newest.value;
        if (!answer || answer.asked.run !== id.value) return null;
        const { asked, classes, probabilities, steps } = answer;
        const isOld = asked.version !== version.value;
        const moments = momentsOf(asked.moments, steps);
        return { run: asked.run, classes, moments, probabilities, isOld };
      },
    ),
    end() {
      stop();
      questions.want(null);
    },
  };
}

/** The moments of the answer's rows. @param {readonly Moment[]} moments @param {Tensor} steps @returns {Moment[]} */
function momentsOf(moments, steps) {
  return Array.from(steps.data, (step) => {
    const found = moments.find((each) => each.step === step);
    return found ?? { step, epoch: 0, val_loss: null, val_accuracy: null, best: false };
  });
}
