// When what was asked for is asked again, or no longer: what passes by itself is tried again, and what
// is under way is given up when the page is left.

const PASSING = new Set([0, 429, 503]);
const ASK_AGAIN_MS = 400;

/** @param {import('../api/client.js').ApiError} error */
export const isPassing = (error) => PASSING.has(error.status);

/** What passes, but for what cannot be used until somebody mends it. @param {import('../api/client.js').ApiError} error */
export const isForNow = (error) => isPassing(error) && (error.status !== 503 || error.isForNow);

/** @param {unknown} error */
export const isAbort = (error) => error instanceof DOMException && error.name === 'AbortError';

/** @returns {Promise<void>} */
export const soon = () => new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));

let leaving = new AbortController();

/** Aborts when the page is left. */
export const leavingSignal = () => leaving.signal;

/** Asks when a page that was left is shown again as it was. @param {() => void} askAgain @returns {() => void} stops it */
export function whenBack(askAgain) {
  const ending = new AbortController();
  let isLeft = false;
  const leave = () => {
    isLeft = true;
    leaving.abort();
  };
  const comeBack = () => {
    if (leaving.signal.aborted) leaving = new AbortController();
    if (isLeft) askAgain();
    isLeft = false;
  };
  addEventListener('pagehide', leave, { signal: ending.signal });
  addEventListener('pageshow', comeBack, { signal: ending.signal });
  return () => ending.abort();
}

/**
 * Of several that are asked for in a row only the newest counts.
 * @returns {<T>(ask: (overtaken: AbortSignal) => T) => T} aborts the one before
 */
export function createNewest() {
  let controller = new AbortController();
  return (ask) => {
    controller.abort();
    controller = new AbortController();
    return ask(controller.signal);
  };
}
