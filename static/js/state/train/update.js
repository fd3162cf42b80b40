// One update as an instrument: where it starts, which step it is, which weight is looked at, and when.

import { batch, computed, signal } from '@preact/signals-core';

import { request } from '../../api/client.js';
import { parseSafetensors } from '../../core/tensor.js';
import { ALL_SECONDS, PHASES, endOf, phaseAt } from '../../core/training/update_frame.js';
import { placeFrom, placeText } from '../../core/training/update_link.js';
import { withNumbers } from '../../core/training/update_kernel.js';
import { NewestQuestion } from '../newest_question.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {TensorFile} from '../../core/tensor.js'
 * @import {Start} from '../../core/training/update_frame.js'
 * @import {Training} from './training.js'
 *
 * @typedef {{readonly key: string, readonly body: Record<string, unknown>}} Question
 * @typedef {ReturnType<typeof createUpdate>} UpdateInstrument
 */

/** No more updates can be asked for. */
export const MOST_STEPS = 20;

/** @param {Question} question @param {AbortSignal} signal @returns {Promise<TensorFile>} */
async function ask({ body }, signal) {
  const headers = { Accept: 'application/x-safetensors', 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body), signal };
  const file = parseSafetensors(await (await request('/updates', init)).arrayBuffer());
  return { ...file, document: withNumbers(file.document) };
}

function createStore() {
  return {
    /** @type {Signal<Start>} */
    start: signal('scratch'),
    /** Which update of the training, counted from 1. */
    step: signal(1),
    /** The layer that is looked into; null: the first that learns. @type {Signal<string | null>} */
    layer: signal(null),
    /** The weight, by its index; null: that of the largest gradient. @type {Signal<readonly number[] | null>} */
    cell: signal(null),
    /** @type {Signal<TensorFile | null>} */
    answer: signal(null),
    /** @type {Signal<string | null>} */
    problem: signal(null),
    isAsking: signal(false),
    /** Where in the update the picture is; at its end all has happened. */
    seconds: signal(ALL_SECONDS),
    isPlaying: signal(false),
    /** Which of the largest products is pointed at. */
    product: signal(0),
  };
}

/** @param {ReturnType<typeof createStore>} store @param {Training} training @returns {Question | null}  null: there is too little to learn from */
function questionOf({ start, step, layer, cell }, { signals }) {
  const [run, moment] = [signals.run.value, signals.moment.value];
  const isMoment = start.value === 'moment' && run && moment;
  if (!isMoment && signals.shortage.value !== null) return null;
  const from = isMoment
    ? { start: `run:${run.id}@step-${moment.step}` }
    : {
        start: start.value === 'trained' ? signals.recipe.value.network : 'scratch',
        recipe: signals.recipe.value,
      };
  const place = { layer: layer.value, cell: cell.value };
  const body = { ...from, steps: step.value, ...place };
  return { key: JSON.stringify(body), body };
}

/** Moving through the phases. @param {ReturnType<typeof createStore>} store */
const playing = ({ seconds, isPlaying }) => ({
  toggle() {
    batch(() => {
      if (!isPlaying.peek() && seconds.peek() >= ALL_SECONDS) seconds.value = 0;
      isPlaying.value = !isPlaying.peek();
    });
  },
  /** Time has passed. @param {number} passed  seconds */
  advance(passed) {
    const now = Math.min(ALL_SECONDS, seconds.peek() + passed);
    batch(() => {
      seconds.value = now;
      if (now === ALL_SECONDS) isPlaying.value = false;
    });
  },
  /** Shows a phase at its end. @param {number} index */
  seek(index) {
    batch(() => {
      isPlaying.value = false;
      seconds.value = endOf(Math.max(0, Math.min(PHASES.length - 1, index)));
    });
  },
  /** One phase on or back. @param {number} by */
  go(by) {
    this.seek(phaseAt(seconds.peek()) + by);
  },
});

/** What is looked at. @param {ReturnType<typeof createStore>} store */
const looking = (store) => ({
  /** @param {Start} start */
  begin(start) {
    batch(() => {
      store.start.value = start;
      store.step.value = 1;
      store.cell.value = null;
    });
  },
  /** Another update of the same training, and the same weight in it. @param {number} step */
  take(step) {
    const cell = store.answer.peek()?.document.cell;
    batch(() => {
      if (cell) [store.layer.value, store.cell.value] = [cell.layer, cell.index];
      store.step.value = Math.max(1, Math.min(MOST_STEPS, step));
    });
  },
  /** @param {string} layer */
  lookInto(layer) {
    batch(() => {
      store.layer.value = layer;
      store.cell.value = null;
    });
  },
  /** @param {readonly number[]} cell */
  choose(cell) {
    const layer = store.answer.peek()?.document.cell.layer;
    batch(() => {
      store.layer.value = layer ?? null;
      store.cell.value = cell;
    });
  },
  /** Goes to the place of a text. @param {string} text */
  read(text) {
    const place = placeFrom(text, MOST_STEPS);
    batch(() => {
      [store.start.value, store.step.value] = [place.start, place.step];
      [store.layer.value, store.cell.value] = [place.layer, place.cell];
    });
  },
  /** @param {number} product */
  point: (product) => void (store.product.value = product),
});

/** One update of a training. @param {Training} training */
export function createUpdate(training) {
  const store = createStore();
  const question = computed(() => questionOf(store, training));
  const newest = new NewestQuestion({
    ask,
    show: (asked, answer) => {
      batch(() => {
        store.answer.value = answer;
        store.problem.value = null;
        store.product.value = 0;
        store.isAsking.value = asked !== question.peek();
      });
    },
    fail: (_, error) => {
      batch(() => {
        store.problem.value = error instanceof Error ? error.message : String(error);
        store.isAsking.value = false;
      });
    },
  });
  return {
    signals: {
      ...store,
      question,
      /** Where one is, as a text. */
      text: computed(() =>
        placeText({
          start: store.start.value,
          step: store.step.value,
          layer: store.layer.value,
          cell: store.cell.value,
        }),
      ),
    },
    actions: {
      ...playing(store),
      ...looking(store),
      /** @param {Question | null} asked  null: nothing any more */
      ask(asked) {
        store.isAsking.value = asked !== null;
        newest.want(asked);
      },
    },
  };
}
