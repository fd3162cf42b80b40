import { effect } from '@preact/signals-core';
import { render } from 'lit-html';

/** @typedef {(act: () => void) => void} Schedule  does something soon */

/**
 * Does something with what is read, at most once a frame. What has changed is read when it is acted upon.
 * @template T
 * @param {() => T} read  what it reads of signals is what it waits for
 * @param {(model: T) => void} act
 * @param {Schedule} [schedule]  when what has changed is acted upon; at first it is in the next frame
 * @returns {() => void} stops it
 */
export function actInFrames(read, act, schedule = requestAnimationFrame) {
  let isStopped = false;
  let forget = () => {};
  const show = () => {
    forget();
    if (isStopped) return;
    /** @type {{model: T} | null} */
    let shown = null;
    forget = effect(() => {
      if (shown) schedule(show);
      else shown = { model: read() };
    });
    if (shown) act(/** @type {{model: T}} */ (shown).model);
  };
  requestAnimationFrame(show);
  return () => {
    isStopped = true;
    forget();
  };
}

/**
 * Renders a template into a place, at most once a frame.
 * @template T
 * @param {() => T} read  the model
 * @param {(model: T) => unknown} view
 * @param {HTMLElement} host
 * @param {Schedule} [schedule]
 * @returns {() => void} stops it
 */
export const renderInFrames = (read, view, host, schedule) =>
  actInFrames(read, (model) => void render(view(model), host), schedule);

/** Does what is due, all of it. @param {Set<() => void>} waiting */
function doAll(waiting) {
  const due = [...waiting];
  waiting.clear();
  for (const each of due) {
    try {
      each();
    } catch (error) {
      reportError(error); // what else is due is shown all the same
    }
  }
}

/**
 * Leaves the next frame to what has to be seen first: does things in the frame after it, all that wait
 * in one, asked for once the first is handed over.
 * @returns {Schedule}
 */
export function afterFrames() {
  /** @type {Set<() => void>} */
  const waiting = new Set();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => requestAnimationFrame(() => doAll(waiting));
  return (each) => {
    const isOnItsWay = waiting.size > 0;
    waiting.add(each);
    if (isOnItsWay) return;
    requestAnimationFrame(() => port2.postMessage(null));
  };
}

/**
 * Leaves the next frame to what has to be seen first, and does what waits behind it, all at once, while the
 * page waits for an answer anyway; where it soon does not, in a frame.
 * @param {number} restMs  between two such times at least
 * @param {number} patienceMs  how long it is seen whether the page waits
 * @param {() => void} [lay]  lays out what was changed, so that the next frame finds that done
 * @returns {{schedule: Schedule, begin: () => void, end: () => void}} `begin` tells that the page begins to wait
 */
export function whileWaiting(restMs, patienceMs, lay = () => {}) {
  /** @type {Set<() => void>} */
  const waiting = new Set();
  let doneAt = -Infinity;
  let isDue = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const act = () => {
    if (!isDue) return;
    isDue = false;
    clearTimeout(timer);
    doneAt = performance.now();
    doAll(waiting);
  };
  const beDue = () => {
    isDue = true;
    timer = setTimeout(() => requestAnimationFrame(act), patienceMs);
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    if (!isDue) return;
    act();
    lay();
  };
  return {
    schedule(each) {
      const isOnItsWay = waiting.size > 0;
      waiting.add(each);
      if (isOnItsWay) return;
      requestAnimationFrame((now) => setTimeout(beDue, Math.max(0, restMs - (now - doneAt))));
    },
    // What is asked is on its way first.
    begin: () => isDue && port2.postMessage(null),
    end() {
      clearTimeout(timer);
      port1.close();
    },
  };
}
