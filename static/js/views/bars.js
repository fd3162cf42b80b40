import { html, nothing } from 'lit-html';

import { percent } from '../core/number.js';

/** Of more classes only the most probable are shown, so many, the first on top. */
const ALL = 20;
const BEST = 12;

/** Which classes are shown, in order. @param {readonly number[]} probabilities */
function shownOf(probabilities) {
  const all = probabilities.map((_, index) => index);
  if (all.length <= ALL) return all;
  return all.sort((a, b) => probabilities[b] - probabilities[a]).slice(0, BEST);
}

/**
 * The probabilities as bars, the top one in the highlighter.
 * @param {object} model
 * @param {ArrayLike<number>} model.probabilities
 * @param {readonly string[]} model.classes
 * @param {(unit: number) => void} model.open
 * @param {(unit: number | null) => void} model.point
 */
export function bars({ probabilities, classes, open, point }) {
  const values = Array.from(probabilities);
  const top = values.indexOf(Math.max(...values));
  const shown = shownOf(values);
  const name = shown.length < values.length ? `The ${BEST} most probable` : 'Probabilities';
  const isNamed = classes.some((label) => label.length > 2);
  return html`<ol class="bars ${isNamed ? 'is-named' : ''}" aria-label=${name}>
    ${shown.map((index) => {
      const [label, value] = [classes[index], values[index]];
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
          <span class="bar-label" title=${isNamed ? label : nothing}>${label}</span>
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
