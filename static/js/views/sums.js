import { html, nothing } from 'lit-html';

import { fixed } from '../core/number.js';

/**
 * @typedef {{name: string, value: number, note?: string, select?: (() => void) | null, isSelected?: boolean,
 *   isLit?: boolean, light?: (isOn: boolean) => void}} Term  lit: pointed at here or in the formula
 */

/** Terms that are listed before the rest is summed up. */
const SHOWN = 9;

/**
 * What is added up, largest first, as bars from a zero in the middle.
 * @param {object} model
 * @param {readonly Term[]} model.terms  in the order they are listed
 * @param {number} model.limit  the length of a full bar
 * @param {boolean} model.isOpen  whether all are listed
 * @param {() => void} model.toggle
 */
export function sumList({ terms, limit, isOpen, toggle }) {
  const shown = isOpen ? terms : terms.slice(0, SHOWN);
  const rest = terms.slice(shown.length);
  const restSum = rest.reduce((sum, { value }) => sum + value, 0);
  return html`<ol class="sums">
      ${shown.map((term) => termRow(term, limit))}
    </ol>
    ${
      terms.length > SHOWN
        ? html`<button class="sums-more" type="button" aria-expanded=${isOpen} @click=${toggle}>
          <span>${isOpen ? 'fewer' : `${rest.length} more`}</span>
          <span class="sum-number">${isOpen ? nothing : fixed(restSum, 4)}</span>
        </button>`
        : nothing
    }`;
}

/**
 * @param {Term} term
 * @param {number} limit
 */
function termRow({ name, value, note, select, isSelected, isLit, light }, limit) {
  const share = limit > 0 ? Math.min(1, Math.abs(value) / limit) : 0;
  const inner = html`<span class="sum-name">${name}</span>
    ${note ? html`<span class="sum-note">${note}</span>` : nothing}
    <svg class="sum-track" viewBox="-100 0 200 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="sum-ground" x="-100" width="200" height="10"></rect>
      <rect
        class=${value < 0 ? 'sum-negative' : 'sum-positive'}
        x=${value < 0 ? -100 * share : 0}
        width=${100 * share}
        height="10"
      ></rect>
    </svg>
    <span class="sum-number">${fixed(value, 4)}</span>`;
  return html`<li
    class="${note ? 'has-note' : ''} ${isLit ? 'is-lit' : ''}"
    @pointerenter=${() => light?.(true)}
    @pointerleave=${() => light?.(false)}
  >
    ${
      select
        ? html`<button class="sum-row" type="button" aria-pressed=${Boolean(isSelected)} @click=${select}>${inner}</button>`
        : html`<div class="sum-row">${inner}</div>`
    }
  </li>`;
}

/**
 * Lines of a result: a name, how it comes about, its value.
 * @param {readonly {name: string, how?: unknown, value: string, isStrong?: boolean}[]} lines
 */
export function resultLines(lines) {
  return html`<dl class="results">
    ${lines.map(
      ({ name, how, value, isStrong }) => html`<div class=${isStrong ? 'is-strong' : ''}>
        <dt>${name}</dt>
        <dd class="result-how">${how ?? nothing}</dd>
        <dd class="sum-number">${value}</dd>
      </div>`,
    )}
  </dl>`;
}
