import { effect } from '@preact/signals-core';
import { render } from 'lit-html';

/**
 * Does something with what is read, at most once a frame: a pointer moves more often than that.
 * @template T
 * @param {() => T} read  what it reads of signals is what it waits for
 * @param {(model: T) => void} act
 * @param {number} [restMs]  time between two at least
 * @returns {() => void} stops it
 */
export function actInFrames(read, act, restMs = 0) {
  let isQueued = false;
  let actedAt = -Infinity;
  /** @type {T} */
  let model;
  const actInFrame = () =>
    requestAnimationFrame((now) => {
      isQueued = false;
      actedAt = now;
      act(model);
    });
  return effect(() => {
    model = read();
    if (isQueued) return;
    isQueued = true;
    const wait = restMs - (performance.now() - actedAt);
    if (wait > 0) setTimeout(actInFrame, wait);
    else actInFrame();
  });
}

/**
 * Renders a template into a place, at most once a frame.
 * @template T
 * @param {() => T} read  the model
 * @param {(model: T) => unknown} view
 * @param {HTMLElement} host
 * @param {number} [restMs]  time between two renderings at least
 * @returns {() => void} stops it
 */
export const renderInFrames = (read, view, host, restMs = 0) =>
  actInFrames(read, (model) => void render(view(model), host), restMs);
