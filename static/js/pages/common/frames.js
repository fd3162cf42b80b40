import { effect } from '@preact/signals-core';
import { render } from 'lit-html';

/**
 * Renders a template into a place, at most once a frame: a pointer moves more often than that.
 * @template T
 * @param {() => T} read  the model; what it reads of signals is what it waits for
 * @param {(model: T) => unknown} view
 * @param {HTMLElement} host
 * @param {number} [restMs]  time between two renderings at least
 * @returns {() => void} stops it
 */
export function renderInFrames(read, view, host, restMs = 0) {
  let isQueued = false;
  let renderedAt = -Infinity;
  /** @type {T} */
  let model;
  const renderInFrame = () =>
    requestAnimationFrame((now) => {
      isQueued = false;
      renderedAt = now;
      render(view(model), host);
    });
  return effect(() => {
    model = read();
    if (isQueued) return;
    isQueued = true;
    const wait = restMs - (performance.now() - renderedAt);
    if (wait > 0) setTimeout(renderInFrame, wait);
    else renderInFrame();
  });
}
