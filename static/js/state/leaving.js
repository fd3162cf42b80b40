// What is under way is given up when the page is left, and asked for again when one comes back to it.
//
// leavingSignal()          aborts when the page is left
// whenBack(askAgain)       called when a page that was left is shown again as it was

let leaving = new AbortController();

/** Aborts when the page is left. */
export const leavingSignal = () => leaving.signal;

/** @param {() => void} askAgain */
export function whenBack(askAgain) {
  addEventListener('pagehide', () => leaving.abort());
  addEventListener('pageshow', () => {
    if (!leaving.signal.aborted) return;
    leaving = new AbortController();
    askAgain();
  });
}
