// Questions to the server, asked once nothing has changed for a while.

import { ApiError } from '../../api/client.js';

/** What is asked about has to rest for this long. */
const REST_MS = 150;

/**
 * Asks after a rest. A question that is called off is aborted, its answer never shown.
 * @template T
 * @param {(overtaken: AbortSignal) => Promise<T>} ask
 * @param {(answer: T) => void} show
 * @param {(reason: string) => void} fail  told why there is no answer
 * @returns {() => void} calls it off
 */
export function askAtRest(ask, show, fail) {
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => void answer(ask, show, fail, signal), REST_MS);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}

/**
 * @template T
 * @param {(overtaken: AbortSignal) => Promise<T>} ask
 * @param {(answer: T) => void} show
 * @param {(reason: string) => void} fail
 * @param {AbortSignal} overtaken
 */
async function answer(ask, show, fail, overtaken) {
  try {
    const given = await ask(overtaken);
    if (!overtaken.aborted) show(given);
  } catch (error) {
    if (overtaken.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    fail(error.detail);
  }
}
