import { computed, signal } from '@preact/signals-core';

import { getTensors } from '../../api/client.js';
import { asKernels, sharedLimit } from '../../core/training/kernel_picture.js';
import { holdAnswers } from './held_answers.js';
import { MomentAnswers } from './moment_answers.js';

/**
 * @import {Tensor, TensorFile} from '../../core/tensor.js'
 * @import {Training} from './training.js'
 * @typedef {{filter: number, input: number, row: number, column: number}} KernelCell
 * @typedef {{moment: import('./shown_moments.js').ShownMoment, isOld: boolean, weights: Tensor,
 *   gradients: Tensor, images: number}} MomentKernels
 */

/** Larger layers are not prepared: what they weigh is not worth the wait it may save. */
const PREPARED_VALUES = 60_000;

/** @param {TensorFile} answer */
const valuesOf = ({ tensors }) => tensors.get('weights')?.data.length ?? 0;

/** @param {TensorFile} answer @param {'weights' | 'gradients'} name */
const tensorOf = ({ tensors }, name) => asKernels(/** @type {Tensor} */ (tensors.get(name)));

/** The kernels are the same object every time, so that they are painted once. @type {WeakMap<TensorFile, {weights: Tensor, gradients: Tensor}>} */
const seen = new WeakMap();

/** @param {TensorFile} answer */
function kernelsOf(answer) {
  const known = seen.get(answer);
  if (known) return known;
  const kernels = {
    weights: tensorOf(answer, 'weights'),
    gradients: tensorOf(answer, 'gradients'),
  };
  seen.set(answer, kernels);
  return kernels;
}

/** The middle of the first kernel. @param {Tensor | undefined} weights @returns {KernelCell} */
function middleOf(weights) {
  const [, , rows = 0, columns = 0] = weights?.shape ?? [];
  return { filter: 0, input: 0, row: rows >> 1, column: columns >> 1 };
}

/**
 * The kernels of one layer and their gradients, at the moments that are looked at.
 * @param {Training} training
 * @param {import('@preact/signals-core').ReadonlySignal<boolean>} isInSight
 */
export function createKernels(training, isInSight) {
  /** The layer that was chosen; '' for the first that has weights. */
  const layer = signal('');
  /** What the pointer or the keyboard was on last; null: the middle of the first kernel. @type {import('@preact/signals-core').Signal<KernelCell | null>} */
  const chosen = signal(null);
  /** Whether the range of the gradients' colours is the moment's own: late ones are a hundredth of the first. */
  const isOwnRange = signal(true);
  const answers = new MomentAnswers((key, overtaken) => getTensors(key, { signal: overtaken }));
  const keyOf = (/** @type {string} */ run, /** @type {number} */ step) => {
    const query = layer.value ? `?layer=${encodeURIComponent(layer.value)}` : '';
    return `/runs/${encodeURIComponent(run)}/moments/${step}${query}`;
  };
  const { held, failure, end } = holdAnswers(training, answers, {
    keyOf,
    isInSight,
    neighbours: ([first]) => (first && valuesOf(first.answer) <= PREPARED_VALUES ? Infinity : 0),
  });
  const shown = computed(() =>
    held.value.map(
      /** @returns {MomentKernels} */ ({ moment, isOld, answer }) => ({
        moment,
        isOld,
        images: Number(answer.document.images),
        ...kernelsOf(answer),
      }),
    ),
  );
  /** Every moment's answer that is there, of the runs that are looked at. */
  const known = computed(() => {
    const [moments, other] = [training.signals.moments.value, training.signals.compared.value?.run];
    const keys = moments.map(({ step }) => keyOf(training.signals.id.value, step));
    const others = other?.checkpoints.map(({ step }) => keyOf(other.id, step)) ?? [];
    return answers.among([...new Set([...keys, ...others])]).map(kernelsOf);
  });
  const ranged = computed(() => (isOwnRange.value ? shown.value : known.value));
  const pointed = computed(() => chosen.value ?? middleOf(shown.value[0]?.weights));
  return {
    signals: {
      layer,
      pointed,
      isOwnRange,
      shown,
      failure,
      /** The layers that can be chosen. */
      layers: computed(
        () => /** @type {readonly string[]} */ (held.value[0]?.answer.document.layers ?? []),
      ),
      /** The layer that is on show. */
      shownLayer: computed(() => String(held.value[0]?.answer.document.layer ?? layer.value)),
      weightLimit: computed(() => sharedLimit(known.value.map(({ weights }) => weights))),
      gradientLimit: computed(() => sharedLimit(ranged.value.map(({ gradients }) => gradients))),
      /** How many moments the kernels' range is over. */
      rangeCount: computed(() => known.value.length),
    },
    actions: {
      /** @param {string} name */
      choose(name) {
        layer.value = name;
        chosen.value = null;
      },
      point: (/** @type {KernelCell} */ cell) => void (chosen.value = cell),
      /** @param {boolean} isOwn */
      setOwnRange: (isOwn) => void (isOwnRange.value = isOwn),
    },
    end,
  };
}
