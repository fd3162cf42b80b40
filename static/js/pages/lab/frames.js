import { effect } from '@preact/signals-core';
import { render } from 'lit-html';

/**
 * Renders a template into a place, at most once a frame: a pointer moves more often than that.
 * @template T
 * @param {() => T} read  the model; what it reads of the store is what it waits for
 * @param {(model: T) => unknown} view
 * @param {HTMLElement} host
 */
export function renderInFrames(read, view, host) {
  let isQueued = false;
  /** @type {T} */
  let model;
  effect(() => {
    model = read();
    if (isQueued) return;
    isQueued = true;
    requestAnimationFrame(() => {
      isQueued = false;
      render(view(model), host);
    });
  });
}
