import { computed, effect, signal, untracked } from '@preact/signals-core';

import { ApiError } from '../../api/client.js';
import { BY_HAND } from '../../core/attribution/methods.js';
import { fillOf, imageOf, movedPatch, placedPatch } from '../../core/attribution/picture.js';
import { NewestQuestion } from '../newest_question.js';
import { ask, questionOf, withoutItself } from './why_question.js';
import { requestCovered, requestMap } from './why_request.js';

/**
 * @import {Outcome} from '../../core/attribution/measures.js'
 * @import {Normalization, Patch} from '../../core/attribution/picture.js'
 * @import {TensorFile} from '../../core/tensor.js'
 * @import {Network} from './network.js'
 * @import {Outline} from './store.js'
 * @import {WhyQuestion} from './why_question.js'
 * @import {Asked, Steps} from './why_request.js'
 *
 * @typedef {TensorFile & {asked: Asked}} Answer
 *
 * @typedef {{row: number, column: number, isWalked: boolean}} WalkedPlace  isWalked: by keys
 *
 * @typedef {ReturnType<typeof createWhy>} Why
 */

/** How a network normalizes what it sees; one that says nothing of it does not. @param {Outline | null} outline @returns {Normalization} */
function normalizationOf(outline) {
  const channels = outline?.input_shape[0] ?? 1;
  const none = { mean: Array(channels).fill(0), std: Array(channels).fill(1) };
  return outline?.normalization ?? none;
}

/** @param {Map<string, {data: Float32Array}>} tensors @returns {Outcome} */
const outcomeOf = (tensors) => ({
  probabilities: tensors.get('probabilities')?.data ?? [],
  logits: tensors.get('logits')?.data ?? [],
});

/** What is asked by now, as far as there is something to ask about. @param {Network['signals']} signals */
function createAsked(signals) {
  const { forward, outline, view } = signals;
  /** A class that becomes the one predicted is compared with itself no more, until another one is. */
  const question = computed(() => {
    const wanted = questionOf(signals);
    return withoutItself(wanted, wanted.index ?? forward.value?.document.prediction?.index);
  });
  const normalization = computed(() => normalizationOf(outline.value));
  /** What the network saw last, before it was normalized. */
  const image = computed(() => {
    const input = forward.value?.isExact && forward.value.tensors.get('input');
    return input ? imageOf(input, normalization.value) : null;
  });
  /** Counts how often the same is asked again. */
  const again = signal(0);
  /** @returns {Asked | null} */
  const asked = () => {
    const { name: network, classes } = outline.value ?? {};
    const seen = image.value;
    if (view.value.kind !== 'why' || !network || !classes?.length || !seen) return null;
    // Where the patch lies is no part of what is asked of a method.
    const key = JSON.stringify([network, { ...question.value, patch: null }, again.value]);
    return { key, network, question: question.value, image: seen };
  };
  return {
    question,
    normalization,
    image,
    again,
    asked: computed(asked),
    isByHand: computed(() => question.value.method === BY_HAND),
    /** Where the patch lies that is moved by hand. */
    patch: computed(() => image.value && placedPatch(question.value.patch, image.value.shape)),
  };
}

/**
 * What asks the network: for maps, and for what becomes of a patch that is moved by hand. A failure is told.
 * @param {ReturnType<typeof createAsked>} wanted
 * @param {() => string} anyLayer
 */
function createQuestions({ asked, isByHand, normalization, patch }, anyLayer) {
  const answer = signal(/** @type {Answer | null} */ (null));
  /** What the newest patch makes of it. */
  const patched = signal(/** @type {{patch: Patch, outcome: Outcome} | null} */ (null));
  const failure = signal('');
  const steps = signal(/** @type {Steps | null} */ (null));
  const isAnswered = computed(
    () =>
      answer.value !== null &&
      answer.value.asked.key === asked.value?.key &&
      answer.value.asked.image === asked.value.image,
  );
  const fail = (/** @type {Asked} */ one, /** @type {unknown} */ error) => {
    if (!(error instanceof ApiError)) throw error;
    if (one.key === asked.value?.key) failure.value = error.detail;
  };
  const maps = new NewestQuestion({
    ask: (/** @type {Asked} */ one, abort) =>
      requestMap(one, abort, (found) => void (steps.value = found)),
    show: (one, found) => void (answer.value = { ...found, asked: one }),
    fail,
  });
  const patches = new NewestQuestion({
    ask: requestCovered,
    show: ({ patch: at }, { tensors }) =>
      void (patched.value = { patch: at, outcome: outcomeOf(tensors) }),
    fail,
  });
  /** Asks what is wanted by now, and forgets the failure before. */
  function follow() {
    const [one, at, isPatch] = [asked.value, patch.value, isByHand.value];
    const fill = at && fillOf(at, normalization.value);
    untracked(() => {
      failure.value = '';
      maps.want(one && !isPatch && !isAnswered.value ? one : null);
      const covering = one && isPatch && at && fill;
      patches.want(covering ? { ...one, patch: at, fill, layer: anyLayer() } : null);
    });
  }
  return { answer, patched, failure, steps, isAnswered, follow, stop: () => maps.want(null) };
}

/**
 * Why a network decides as it does, as an instrument: what is asked, what is answered. Once started it asks
 * while it is open, about what the network was shown last.
 * @param {Network} network
 */
export function createWhy({ signals }) {
  const wanted = createAsked(signals);
  const { again, asked, image, isByHand, patch, ...shared } = wanted;
  const anyLayer = () => signals.layers.value.at(-1)?.name ?? '';
  const { follow, stop, ...answers } = createQuestions(wanted, anyLayer);
  /** The question that was ended. */
  const stopped = signal(/** @type {Asked | null} */ (null));
  const isStopped = computed(() => stopped.value !== null && stopped.value === asked.value);
  /** The place of the map that is pointed at or walked to. */
  const place = signal(/** @type {WalkedPlace | null} */ (null));
  /** Whether the picture is seen through the map. */
  const isOver = signal(true);
  return {
    signals: {
      ...shared,
      ...answers,
      image,
      patch,
      /** What it is without a patch. */
      bare: computed(() => signals.forward.value && outcomeOf(signals.forward.value.tensors)),
      isStopped,
      /** Whether what is asked has no answer yet, but will have. */
      isWaiting: computed(
        () =>
          !isByHand.value &&
          !answers.isAnswered.value &&
          !isStopped.value &&
          !answers.failure.value,
      ),
      place,
      isOver,
    },
    actions: {
      ask: (/** @type {Partial<WhyQuestion>} */ change) => ask(signals, change),
      /** @param {Partial<Patch>} change */
      movePatch(change) {
        const [at, seen] = [patch.value, image.value];
        if (at && seen) ask(signals, { patch: movedPatch(at, change, seen.shape) });
      },
      /** Ends the question under way. */
      stop() {
        stopped.value = asked.value;
        stop();
      },
      askAgain: () => void (again.value += 1),
      /** @param {{row: number, column: number} | null} at @param {boolean} isWalked */
      point: (at, isWalked) => void (place.value = at && { ...at, isWalked }),
      showOver: (/** @type {boolean} */ isSeen) => void (isOver.value = isSeen),
    },
    /** @returns {() => void} ends it */
    start: () => effect(follow),
  };
}
