import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { refusalOf } from '../../core/training/control_rows.js';
import { numberField, segments, toggle } from '../lab/form_controls.js';

/**
 * @import {ChoiceRow, NumberRow, Row, SwitchRow} from '../../core/training/control_rows.js'
 *
 * @typedef {object} RowsModel
 * @property {string} id  what ids begin with
 * @property {readonly Row[]} rows
 * @property {ReadonlyMap<string, string>} refusals  a sentence by the path of the choice
 * @property {(path: string, value: unknown) => void} set
 * @property {(path: string, sentence: string) => void} refuse
 * @property {(path: string) => void} amend  something else is typed than what is refused
 */

/** What is wrong with a choice, below it. @param {string} id @param {string | undefined} refusal */
export const refusalLine = (id, refusal) =>
  refusal
    ? html`<p class="field-error setting-refusal" id=${id} role="alert">${refusal}</p>`
    : nothing;

/** @param {NumberRow} row @param {RowsModel} model */
function numberRow(row, { id, refusals, set, refuse, amend }) {
  const { path, text, title, value, least, most, isWhole } = row;
  const refusal = refusals.get(path);
  const refusalId = `${id}-${path}-refusal`;
  return html`<div class="setting" data-setting=${path} title=${title}>
    <span class="setting-label">${text}</span>
    <div class="setting-lines">
      ${numberField({
        ...{ label: text, value, least, most, step: isWhole ? 1 : 'any' },
        describedBy: refusal ? refusalId : undefined,
        isRefused: Boolean(refusal),
        amend: () => amend(path),
        set: (next) => {
          const sentence = refusalOf(row, next);
          if (sentence) refuse(path, sentence);
          else set(path, next);
        },
        refuse: () => refuse(path, String(refusalOf(row, NaN))),
      })}
    </div>
    ${refusalLine(refusalId, refusal)}
  </div>`;
}

/** @param {SwitchRow} row @param {RowsModel} model */
const switchRow = ({ path, text, title, on, off, value }, { id, refusals, set }) => html`<div
  class="setting is-whole"
  data-setting=${path}
>
  ${toggle({ label: text, title, isOn: value, set: (isOn) => set(path, isOn ? on : off) })}
  ${refusalLine(`${id}-${path}-refusal`, refusals.get(path))}
</div>`;

/** @param {ChoiceRow} row @param {RowsModel} model */
const choiceRowOf = ({ path, text, options, value }, { id, refusals, set }) => html`<div
  class="setting is-whole"
  data-setting=${path}
>
  ${segments({
    name: `${id}-${path}`,
    ...{ label: text, value },
    options: options.map((option) => ({ ...option, title: `${option.text}: ${option.title}` })),
    choose: (chosen) => set(path, options.find((option) => option.value === chosen)?.sets),
  })}
  ${refusalLine(`${id}-${path}-refusal`, refusals.get(path))}
</div>`;

/** The choices of a recipe, one a row. @param {RowsModel} model */
export const settingRows = (model) =>
  model.rows.map((row) => {
    if (row.kind === 'number') return numberRow(row, model);
    return row.kind === 'switch' ? switchRow(row, model) : choiceRowOf(row, model);
  });

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
      class="field-select"
      aria-describedby=${refusal ? `refusal-${path}` : nothing}
      @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}
    >
      ${options.map((option) => html`<option value=${option.value} .selected=${live(option.value === value)}>${option.text}</option>`)}
    </select>
  </label>
  ${refusalLine(`refusal-${path}`, refusal)}`;
