import { html } from 'lit-html';

import { percent } from '../core/number.js';

/**
 * The probabilities as bars, the top one in the highlighter.
 * @param {object} model
 * @param {ArrayLike<number>} model.probabilities
 * @param {readonly string[]} model.classes
 * @param {(unit: number) => void} model.open
 * @param {(unit: number | null) => void} model.point
 */
export function bars({ probabilities, classes, open, point }) {
  const top = Array.from(probabilities).indexOf(Math.max(...Array.from(probabilities)));
  return html`<ol class="bars" aria-label="Probabilities">
    ${classes.map((label, index) => {
      const value = probabilities[index] ?? 0;
      return html`<li>
        <button
          type="button"
          class="bar ${index === top ? 'is-top' : ''}"
          @click=${() => open(index)}
          @pointerenter=${() => point(index)}
          @pointerleave=${() => point(null)}
          @focus=${() => point(index)}
          @blur=${() => point(null)}
        >
          <span class="bar-label">${label}</span>
          <svg class="bar-track" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-ground" width="100" height="10"></rect>
            <rect class="bar-value" width=${Math.max(0.8, 100 * value)} height="10"></rect>
          </svg>
          <span class="bar-number">${percent(value)}</span>
        </button>
      </li>`;
    })}
  </ol>`;
}
