import { html, svg } from 'lit-html';

/** @import {Curves} from '../../core/training/curves.js' */

/** The loss of every step, as a line. @param {Curves} curves */
export function curveFigures({ count, loss }) {
  const top = Math.max(1e-9, ...loss);
  const points = Array.from(
    loss,
    (value, i) => `${(600 * i) / Math.max(1, count - 1)},${120 * (1 - value / top)}`,
  );
  return html`<svg class="train-loss" viewBox="0 0 600 120" role="img" aria-label="Training loss of every step">
    ${svg`<polyline fill="none" points=${points.join(' ')}></polyline>`}
  </svg>`;
}
