import { ROOT } from '../../api/root.js';

/**
 * @typedef {'step' | 'epoch' | 'checkpoint' | 'state'} Kind
 * @typedef {{kind: Kind, number: number, data: any}} Told
 */

const KINDS = /** @type {readonly Kind[]} */ (['step', 'epoch', 'checkpoint', 'state']);
/** A stream that was given up is asked for again after so long. */
const AGAIN_MS = 1000;

/**
 * Hears what a run tells, from behind an event on. A connection that breaks is taken up where it
 * broke: by the browser itself, which names the last event it had, or else by asking again.
 * @param {string} run
 * @param {number} after  the number of the last event that is known
 * @param {{hear: (told: readonly Told[]) => void, interrupted: (is: boolean) => void}} listener
 *   hear: all that came together
 * @returns {() => void} stops it
 */
export function listen(run, after, { hear, interrupted }) {
  let last = after;
  let isStopped = false;
  /** @type {EventSource | undefined} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Told[]} */
  let heard = [];
  const hand = () => {
    if (isStopped || heard.length === 0) return;
    const told = heard;
    heard = [];
    hear(told);
  };
  const take = (/** @type {Kind} */ kind, /** @type {MessageEvent<string>} */ event) => {
    const number = Number(event.lastEventId);
    if (!(number > last)) return;
    last = number;
    heard.push({ kind, number, data: JSON.parse(event.data) });
    if (heard.length === 1) setTimeout(hand, document.hidden ? AGAIN_MS : 0);
  };
  const open = () => {
    source = new EventSource(`${ROOT}api/v1/runs/${encodeURIComponent(run)}/events?after=${last}`);
    for (const kind of KINDS) source.addEventListener(kind, (event) => take(kind, event));
    source.onopen = () => interrupted(false);
    source.onerror = () => {
      if (isStopped) return;
      interrupted(true);
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS);
    };
  };
  open();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
