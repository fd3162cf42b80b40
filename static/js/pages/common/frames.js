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

/**
 * Leaves the next frame to what has to be seen first: does things in the frame after it, all that wait
 * in one, asked for once the first is handed over.
 * @param {number} [restMs]  between two such frames at least
 * @returns {Schedule}
 */
export function afterFrames(restMs = 0) {
  /** @type {Set<() => void>} */
  const waiting = new Set();
  let doneAt = -Infinity;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => requestAnimationFrame(act);
  const act = (/** @type {number} */ now) => {
    doneAt = now;
    const due = [...waiting];
    waiting.clear();
    for (const each of due) {
      try {
        each();
      } catch (error) {
        reportError(error); // what else is due is shown all the same
      }
    }
  };
  return (each) => {
    waiting.add(each);
    if (waiting.size > 1) return;
    requestAnimationFrame((now) => {
      const wait = restMs - (now - doneAt);
      if (wait > 0) setTimeout(requestAnimationFrame, wait, act);
      else port2.postMessage(null);
    });
  };
}
