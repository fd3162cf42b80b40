import { effect, signal } from '@preact/signals-core';
import { html, render } from 'lit-html';

import { largest } from '../core/range.js';
import { explain } from '../state/detail.js';
import { hover, limits, outline, view } from '../state/store.js';
import { greyOf } from './network-map.js';
import { hoverLabel } from '../views/hover-label.js';

/** Space between the pointer and its label, CSS px. */
const DISTANCE_PX = 18;

/**
 * Shows the label beside the pointer, or beside the focused layer when keys walk.
 * @param {HTMLElement} host
 */
export function startLabel(host) {
  const pointer = signal({ x: 0, y: 0 });
  addEventListener('pointermove', ({ clientX: x, clientY: y }) => (pointer.value = { x, y }), {
    passive: true,
  });
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || !target.matches('layer-picture:focus-visible')) return;
    const { left, top } = target.getBoundingClientRect();
    pointer.value = { x: left, y: Math.max(80, top) };
  });
  render(html`<div class="hover-label" hidden></div>`, host);
  const label = /** @type {HTMLElement} */ (host.firstElementChild);
  effect(() => {
    const at = hover.value;
    const isShown =
      at !== null &&
      (view.value.kind === 'overview' ||
        view.value.kind === 'layer' ||
        view.value.layer !== at.layer);
    const explained = isShown ? explain(at) : null;
    label.hidden = !explained;
    if (!explained) return;
    const source = limits.value.get(explained.layer.inputs[0] ?? '');
    render(
      hoverLabel({
        explained,
        limit: limits.value.get(at?.layer ?? '')?.[at?.channel ?? 0] ?? 0,
        inputLimit: source ? largest(source) : 0,
        classes: outline.value?.classes ?? [],
        greyOf,
      }),
      label,
    );
  });
  effect(() => {
    const { x, y } = pointer.value;
    if (!hover.value || label.hidden) return;
    const { width, height } = label.getBoundingClientRect();
    const left = x + DISTANCE_PX + width > innerWidth ? x - DISTANCE_PX - width : x + DISTANCE_PX;
    const top = Math.min(innerHeight - height - 8, y + DISTANCE_PX);
    label.style.transform = `translate(${Math.max(8, Math.round(left))}px, ${Math.max(8, Math.round(top))}px)`;
  });
}
