// What passes by itself: the server is away, busy or starting. It is asked again after a while.
//
// isPassing(error)    whether it does
// isAbort(error)      of a request that the page itself gave up
// soon()              resolves when it is time to ask again

const PASSING = new Set([0, 429, 503]);
const ASK_AGAIN_MS = 400;

/** @param {import('../api/client.js').ApiError} error */
export const isPassing = (error) => PASSING.has(error.status);

/** @param {unknown} error */
export const isAbort = (error) => error instanceof DOMException && error.name === 'AbortError';

/** @returns {Promise<void>} */
export const soon = () => new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
