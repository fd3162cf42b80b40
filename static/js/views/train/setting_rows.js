import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { numberField } from '../lab/form_controls.js';

/** What is wrong with a choice, below it. @param {string} path @param {string | undefined} refusal */
const refusalLine = (path, refusal) =>
  refusal
    ? html`<p class="field-error setting-refusal" id=${`refusal-${path}`} role="alert">${refusal}</p>`
    : nothing;

/**
 * One of several, from a list.
 * @param {{path: string, text: string, value: string, options: readonly {value: string, text: string}[],
 *   refusal?: string, choose: (value: string) => void}} model
 */
export const choiceRow = ({ path, text, value, options, refusal, choose }) => html`<label
    class="train-choice"
  >
    <span class="visually-hidden">${text}</span>
    <select
      class="train-select"
      aria-describedby=${refusal ? `refusal-${path}` : nothing}
      @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}
    >
      ${options.map((option) => html`<option value=${option.value} .selected=${live(option.value === value)}>${option.text}</option>`)}
    </select>
  </label>
  ${refusalLine(path, refusal)}`;

/**
 * Numbers, one a row.
 * @param {{rows: readonly {path: string, text: string, value: number, least: number, most: number,
 *   isWhole?: boolean, refusal?: string}[], choose: (path: string, value: unknown) => void}} model
 */
export const numberRows = ({ rows, choose }) =>
  rows.map(
    ({
      path,
      text,
      value,
      least,
      most,
      isWhole,
      refusal,
    }) => html`<div class="setting" data-setting=${path}>
      <span class="setting-label">${text}</span>
      <div class="setting-lines">
        ${numberField({
          label: text,
          value,
          least,
          most,
          step: isWhole ? 1 : 'any',
          describedBy: refusal ? `refusal-${path}` : undefined,
          set: (next) => next !== null && choose(path, next),
        })}
      </div>
      ${refusalLine(path, refusal)}
    </div>`,
  );
