import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { segments } from './form_controls.js';

/**
 * @import {Edit, Place} from '../../elements/cell_editing.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @import {InputModel} from './input.js'
 */

/** The cells of one channel as numbers. @param {InputModel} model */
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
 * @param {Actions} actions
 */
export function cellsPanel(model, actions) {
  const { id, input, channel, paste } = model;
  const channels = input.shape[0];
  const pointAt = (/** @type {Place | null} */ place) =>
    actions.point(place && { side: 'input', channel, ...place });
  return html`${
    channels > 1
      ? segments({
          name: `${id}-channel`,
          label: 'Channel',
          options: Array.from({ length: channels }, (_, value) => ({
            value,
            text: String(value),
            title: `Channel ${value}`,
          })),
          value: channel,
          choose: actions.chooseChannel,
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
        actions.setInputCell({ channel, row, column }, value)}
      @refuse=${(/** @type {CustomEvent<string>} */ { detail }) => actions.refuseCell('input', detail)}
      @sheet=${(/** @type {CustomEvent<string>} */ { detail }) => actions.pasteInput(detail)}
      @point=${(/** @type {CustomEvent<Place | null>} */ { detail }) => pointAt(detail)}
    ></number-cells>
    <textarea
      class="paste-box"
      rows="2"
      aria-label="Paste the input: rows from a spreadsheet, or JSON"
      aria-describedby=${`${id}-paste-error`}
      aria-invalid=${paste.error ? 'true' : 'false'}
      placeholder="Paste rows from a spreadsheet, or JSON"
      spellcheck="false"
      .value=${live(paste.text)}
      @input=${(/** @type {Event} */ { target }) =>
        actions.pasteInput(/** @type {HTMLTextAreaElement} */ (target).value)}
    ></textarea>
    <p class="field-error" id=${`${id}-paste-error`} role="alert">${paste.error}</p>`;
}
