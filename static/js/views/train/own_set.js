import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { count } from '../../core/number.js';
import { button, iconButton } from '../button.js';
import { drawingTools } from '../drawing_panel.js';

/**
 * @import {Card} from '../../core/training/data_set.js'
 * @import {DataActions, DataModel} from './data.js'
 * @import {Taken} from '../../elements/image_drop.js'
 */

/** Every picture under one label. @param {string} label @param {DataModel} model @param {Card} card @param {DataActions} actions */
function labelledPictures(label, { samples }, card, { takeOut, relabel, setLabel }) {
  const pictures = (samples.get(card.name) ?? []).filter((each) => each.label === label);
  const more = card.counts[label] - pictures.length;
  return html`<section class="data-label" aria-label=${label}>
    <header>
      <input
        class="data-name"
        aria-label=${`Name of the label ${label}`}
        .value=${live(label)}
        @change=${(/** @type {Event} */ event) => void relabel(label, /** @type {HTMLInputElement} */ (event.target).value)}
      />
      <span class="data-size">${count(card.counts[label])}</span>
      ${button('more', { shape: 'is-small', name: `Draw more under ${label}`, act: () => setLabel(label) })}
    </header>
    <div class="data-pictures">
      ${pictures.map(
        (shown) => html`<button
          type="button"
          class="data-picture"
          title="Take it out"
          aria-label=${`Take picture ${shown.index + 1} out of ${label}`}
          @click=${() => void takeOut(shown)}
        >
          <value-picture .model=${shown.picture}></value-picture>
        </button>`,
      )}
      ${more > 0 ? html`<span class="data-said">and ${count(more)} more</span>` : nothing}
    </div>
  </section>`;
}

/** A button that asks for files. @param {string} text @param {string} accept @param {boolean} isMany @param {(files: File[]) => void} take */
export const fileButton = (
  text,
  accept,
  isMany,
  take,
) => html`<label class="button is-small data-file">
  ${text}<input
    class="visually-hidden"
    type="file"
    accept=${accept}
    ?multiple=${isMany}
    @change=${(/** @type {Event} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      take([...(input.files ?? [])]);
      input.value = '';
    }}
  />
</label>`;

/** The paper, and under which label it is kept. @param {DataModel} model @param {Card} card @param {DataActions} actions */
function collecting(model, card, actions) {
  const { surface, drawing, brush, canUndo, canRedo, label, isBusy } = model;
  const isEmpty = drawing.base === null && drawing.strokes.length === 0;
  const isUnnamed = label.trim() === '';
  const tools = { brush, canUndo, canRedo, isEmpty, prefix: 'data-' };
  const isDrawn = card.kind === 'drawings';
  return html`<form
    class="data-collect"
    @submit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      if (isDrawn && !isUnnamed) void actions.addDrawing();
    }}
  >
    <label class="data-field"><span class="setting-label">label</span>
      <input
        name="label"
        list="data-labels"
        maxlength="40"
        autocomplete="off"
        placeholder="such as cat"
        .value=${live(label)}
        @input=${(/** @type {Event} */ event) => actions.setLabel(/** @type {HTMLInputElement} */ (event.target).value)}
      />
    </label>
    <datalist id="data-labels">${card.classes.map((each) => html`<option value=${each}></option>`)}</datalist>
    ${isDrawn ? html`<div class="paper">${surface}</div>${drawingTools(tools, actions)}` : nothing}
    <div class="data-buttons">
      ${isDrawn ? html`<button class="button is-small" type="submit" aria-disabled=${isEmpty || isUnnamed || isBusy ? 'true' : nothing}>${isUnnamed ? 'Name it first' : `Keep as ${label.trim()}`}</button>` : nothing}
      <image-drop
        many
        veil=${isUnnamed ? 'Name the label first: pictures are kept under it' : `Drop the pictures to keep them as ${label.trim()}`}
        @image=${(/** @type {CustomEvent<Taken>} */ { detail }) => void actions.addFiles(detail.files)}
      >
        ${isUnnamed ? nothing : html`<button type="button" class="button is-small">Add pictures…</button>`}
      </image-drop>
    </div>
  </form>`;
}

/** Pictures that were taken out, and the way back. @param {number} count @param {() => void} act */
export const putBackLine = (count, act) =>
  count === 0
    ? nothing
    : html`<p class="data-said" role="status">${count === 1 ? 'A picture was' : `${count} pictures were`} taken out. ${button('Undo', { shape: 'is-small', name: 'Put the picture back that was taken out last', act })}</p>`;

/** A set of one's own, its pictures and what is done with them. @param {Card} card @param {DataModel} model @param {DataActions} actions */
export const ownSet = (card, model, actions) => html`<div class="data-own">
  <header>
    <input
      class="data-name"
      aria-label="Title of the data set"
      .value=${live(card.title)}
      @change=${(/** @type {Event} */ event) => void actions.rename(/** @type {HTMLInputElement} */ (event.target).value)}
    />
    <a class="button is-small" href=${model.exportAt} download title="All of it as one .npz">Export</a>
    ${iconButton('trash', { name: 'Delete this data set', act: () => void actions.remove() })}
  </header>
  ${collecting(model, card, actions)}
  ${card.classes.map((label) => labelledPictures(label, model, card, actions))}
  ${putBackLine(model.takenOut, () => void actions.putBack())}
</div>`;
