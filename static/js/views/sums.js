import { html, nothing } from 'lit-html';

import { count } from '../core/number.js';
import { figure, remainder } from '../core/rounding.js';
import { breakable } from './breakable.js';

/**
 * @typedef {{name: string, value: number, note?: string, lack?: string, select?: (() => void) | null, isSelected?: boolean,
 *   isLit?: boolean, light?: (isOn: boolean) => void}} Term  lit: pointed at here or in the formula;
 *   lack: why there is no bar
 */

/** Terms that are listed before the rest is summed up. */
export const LISTED = 9;
/** Terms that are listed in addition at once. */
const STEP = 64;

/**
 * What is added up, largest first, as bars from a zero in the middle.
 * @param {object} model
 * @param {readonly Term[]} model.terms  those that are listed
 * @param {number} model.count  of all terms
 * @param {number} model.sum  of all terms
 * @param {number} model.limit  the length of a full bar
 * @param {number} model.decimals
 * @param {(length: number) => void} model.list  changes how many are listed
 */
export function sumList({ terms, count: all, sum, limit, decimals, list }) {
  const rest = all - terms.length;
  const restSum = remainder(
    sum,
    terms.map(({ value }) => value),
  );
  const next = Math.min(STEP, rest);
  return html`<ol class="sums ${terms.some(({ note }) => note) ? 'has-notes' : ''}">
      ${terms.map((term) => termRow(term, limit, decimals))}
    </ol>
    ${
      rest > 0
        ? html`<button class="sums-more" type="button" @click=${() => list(terms.length + next)}>
          <span>${next < rest ? `${count(rest)} more: list ${next} of them` : `${rest} more`}</span>
          <span class="sum-number">${figure(restSum, decimals)}</span>
        </button>`
        : nothing
    }
    ${
      terms.length > LISTED
        ? html`<button class="sums-more" type="button" @click=${() => list(LISTED)}>fewer</button>`
        : nothing
    }`;
}

/** @param {Term} term @param {number} limit @param {number} decimals */
function termRow({ name, value, note, lack, select, isSelected, isLit, light }, limit, decimals) {
  const share = limit > 0 ? Math.min(1, Math.abs(value) / limit) : 0;
  const inner = html`<span class="sum-name">${breakable(name)}</span>
    ${note ? html`<span class="sum-note">${note}</span>` : nothing}
    ${
      lack
        ? html`<span class="sum-note">${lack}</span>`
        : html`<svg class="sum-track" viewBox="-100 0 200 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="sum-ground" x="-100" width="200" height="10"></rect>
            <rect
              class=${value < 0 ? 'sum-negative' : 'sum-positive'}
              x=${value < 0 ? -100 * share : 0}
              width=${100 * share}
              height="10"
            ></rect>
          </svg>`
    }
    <span class="sum-number">${figure(value, decimals)}</span>`;
  return html`<li
    class=${isLit ? 'is-lit' : ''}
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
        <dt>${breakable(name)}</dt>
        <dd class="result-how">${how ?? nothing}</dd>
        <dd class="sum-number">${value}</dd>
      </div>`,
    )}
  </dl>`;
}
