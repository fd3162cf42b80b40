import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { point, setInputCell } from '../../state/lab/actions.js';
import { chooseChannel } from '../../state/lab/panel.js';
import { pasteInput, refuseCell } from '../../state/lab/paste.js';
import { segments } from './form_controls.js';

/**
 * @typedef {import('./input.js').InputModel} InputModel
 * @typedef {import('../../elements/cell_editing.js').Edit} Edit
 * @typedef {import('../../elements/cell_editing.js').Place} Place
 */

/**
 * The cells of one channel as numbers.
 * @param {InputModel} model
 */
function cellsModel({ input: { shape, data }, channel, marked }) {
  const [, rows, columns] = shape;
  const values = data.subarray(channel * rows * columns, (channel + 1) * rows * columns);
  // As the stage has it: the darkest is 1, or the largest value where that is more.
  const limit = values.reduce((most, value) => Math.max(most, value), 1);
  const name = shape[0] > 1 ? `channel ${channel},` : 'input';
  return { rows, columns, values, palette: /** @type {const} */ ('input'), limit, name, marked };
}

/**
 * The input cell by cell, and a box for what was copied elsewhere.
 * @param {InputModel} model
 */
export function cellsPanel(model) {
  const { input, channel, paste } = model;
  const channels = input.shape[0];
  const pointAt = (/** @type {Place | null} */ place) =>
    point(place && { side: 'input', channel, ...place });
  return html`${
    channels > 1
      ? segments({
          name: 'lab-channel',
          label: 'Channel',
          options: Array.from({ length: channels }, (_, value) => ({
            value,
            text: String(value),
            title: `Channel ${value}`,
          })),
          value: channel,
          choose: chooseChannel,
          shape: 'is-plain',
        })
      : nothing
  }
    <number-cells
      class="input-cells"
      role="group"
      aria-label="Input, cell by cell"
      .model=${cellsModel(model)}
      @edit=${(/** @type {CustomEvent<Edit>} */ { detail: { row, column, value } }) =>
        setInputCell({ channel, row, column }, value)}
      @refuse=${(/** @type {CustomEvent<string>} */ { detail }) => refuseCell('input', detail)}
      @sheet=${(/** @type {CustomEvent<string>} */ { detail }) => pasteInput(detail)}
      @point=${(/** @type {CustomEvent<Place | null>} */ { detail }) => pointAt(detail)}
    ></number-cells>
    <textarea
      class="paste-box"
      rows="2"
      aria-label="Paste the input: rows from a spreadsheet, or JSON"
      aria-describedby="lab-paste-error"
      aria-invalid=${paste.error ? 'true' : 'false'}
      placeholder="Paste rows from a spreadsheet, or JSON"
      spellcheck="false"
      .value=${live(paste.text)}
      @input=${(/** @type {Event} */ { target }) =>
        pasteInput(/** @type {HTMLTextAreaElement} */ (target).value)}
    ></textarea>
    <p class="field-error" id="lab-paste-error" role="alert">${paste.error}</p>`;
}
