import { batch, computed, effect } from '@preact/signals-core';

import { ApiError } from '../../api/client.js';
import { isAbort } from '../retry.js';

import { shortageOf } from '../../core/training/data_set.js';
import { dataSetsOf } from './data_sets.js';
import { planRun } from './run_api.js';

/** @param {string} dataset */
const isOwn = (dataset) => dataset.startsWith('own:');

/** A recipe that is being changed is asked about once it rests. */
const REST_MS = 200;

/** What the API refuses of a recipe, by the path of the choice. @param {ApiError} error */
export const refusalsOf = (error) =>
  new Map(
    error.errors.length > 0
      ? error.errors.map(({ pointer, detail }) => [
          pointer.replace(/^#?\//, '').replaceAll('/', '.'),
          detail,
        ])
      : [['', error.message]],
  );

/**
 * Asks what the recipe comes to, whenever it has changed.
 * @param {import('./training.js').Training} training
 * @returns {() => void} stops it
 */
export function startPlanning(training) {
  const { recipe, plan, refused, shortage } = training.signals;
  const { cards, chosen } = dataSetsOf(training).signals;
  let asking = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const ask = async () => {
    const { signal } = asking;
    try {
      plan.value = await planRun(recipe.peek(), signal);
      refused.value = new Map();
    } catch (error) {
      if (isAbort(error) || !(error instanceof ApiError) || error.status !== 422) return;
      plan.value = null;
      refused.value = refusalsOf(error);
    }
  };
  const isUnknown = computed(() => isOwn(recipe.value.dataset) && cards.value === null);
  const lacking = computed(() => chosen.value && shortageOf(chosen.value));
  const stop = effect(() => {
    void recipe.value;
    const lack = lacking.value;
    asking.abort();
    asking = new AbortController();
    clearTimeout(timer);
    batch(() => {
      shortage.value = lack;
      if (lack !== null) [plan.value, refused.value] = [null, new Map()];
    });
    // What is known to be too little is not asked about: it would be refused.
    if (!isUnknown.value && lack === null) timer = setTimeout(ask, REST_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    asking.abort();
  };
}
