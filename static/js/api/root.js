/** The server's root as seen from the page: a proxy may put it under any path. */
export const ROOT = globalThis.document?.documentElement.dataset.root ?? './';

/** The server's address, without a slash at its end: what a command line asks. */
export const serverAddress = () => new URL(ROOT, location.href).href.replace(/\/$/, '');
