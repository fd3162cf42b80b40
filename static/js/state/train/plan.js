import { effect } from '@preact/signals-core';

import { ApiError, getJson } from '../../api/client.js';
import { isAbort } from '../retry.js';

/** @import {Store} from './store.js' */

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
 * @param {Pick<Store, 'recipe' | 'plan' | 'refused'>} store
 * @returns {() => void} stops it
 */
export function startPlanning({ recipe, plan, refused }) {
  let asking = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const ask = async () => {
    const { signal } = asking;
    const body = JSON.stringify(recipe.peek());
    const headers = { 'Content-Type': 'application/json' };
    try {
      plan.value = await getJson('/runs/plan', { method: 'POST', headers, body, signal });
      refused.value = new Map();
    } catch (error) {
      if (isAbort(error) || !(error instanceof ApiError) || error.status !== 422) return;
      plan.value = null;
      refused.value = refusalsOf(error);
    }
  };
  const stop = effect(() => {
    void recipe.value;
    asking.abort();
    asking = new AbortController();
    clearTimeout(timer);
    timer = setTimeout(ask, REST_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    asking.abort();
  };
}
