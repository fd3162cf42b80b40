import { html, nothing } from 'lit-html';

import { fixed, withUnit } from '../../core/number.js';
import { pressedChoice } from '../button.js';
import { lens } from './photo_lens.js';

/**
 * @import {Show, photoTraces} from '../../core/input/photo.js'
 * @import {Outline, Picture} from '../../elements/photo_canvas.js'
 * @typedef {{row: number, column: number}} Pixel
 *
 * @typedef {object} Model
 * @property {readonly string[]} names  the photographs there are
 * @property {string} name  the one that is shown
 * @property {boolean} isOwn  the reader's, which stays in this browser
 * @property {Picture | null} original
 * @property {Picture | null} result
 * @property {string | null} refusal
 * @property {string | null} error
 * @property {number} maps  3: each colour by itself
 * @property {number} limit  from this value on the colour is full
 * @property {number} largest
 * @property {number} milliseconds
 * @property {Show} show
 * @property {Outline | null} window
 * @property {Pixel | null} pixel
 * @property {boolean} isPinned
 * @property {ReturnType<typeof photoTraces> | null} traces
 * @property {(name: string) => void} take
 * @property {(file: File) => void} takeFile
 * @property {(show: Show) => void} setShow
 * @property {(at: Pixel | null) => void} point  at a pixel of the result
 * @property {(at: Pixel | null) => void} choose
 * @property {(at: Pixel | null) => Pixel | null} around  the result's pixel of one of the photograph
 */

/** @type {readonly {value: Show, text: string, title: string}[]} */
const SHOWS = [
  { value: 'picture', text: 'light', title: 'values from 0 to 1 as light, what is beyond cut off' },
  { value: 'absolute', text: 'absolute', title: 'values without their sign as light' },
  { value: 'signed', text: 'signed', title: 'the mean of the colours, negative and positive' },
];

/** A whole photograph under the kernel, and the arithmetic of the pixel under the pointer. @param {Model} model */
export function photoView(model) {
  const { error, refusal, pixel, traces } = model;
  const names = model.names.map((name) => ({ value: name, text: name }));
  return html`
    <div class="lab-photo-tools">
      ${pressedChoice('Photograph', names, model.name, model.take)}
      <label class="button photo-upload">
        Your own image
        <input class="visually-hidden" type="file" accept="image/*" @change=${(/** @type {Event} */ event) => takeFrom(event, model)} />
      </label>
      ${pressedChoice('Show the result as', SHOWS, model.show, model.setShow, 'photo-show')}
    </div>
    ${error ? html`<p class="photo-error" role="alert">${error}</p>` : nothing}
    <div class="photo-pair">${original(model)} ${refusal ? html`<p class="photo-error" role="alert">${refusal}</p>` : result(model)}</div>
    ${pixel && traces ? lens(model, traces, pixel) : nothing}
  `;
}

/** @param {Event} event @param {Model} model */
function takeFrom(event, model) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const file = input.files?.[0];
  if (file) model.takeFile(file);
  input.value = '';
}

/** @param {Event} event @returns {Pixel | null} */
const detailOf = (event) => /** @type {CustomEvent} */ (event).detail;

/** @param {Model} model */
function original({ original: picture, name, isOwn, window, point, choose, around }) {
  return html`<figure class="photo-figure">
    <photo-canvas
      aria-label="The photograph, the window outlined. Arrow keys move it, Escape lets it go."
      .model=${picture}
      .outline=${window}
      @point=${(/** @type {Event} */ event) => point(around(detailOf(event)))}
      @choose=${(/** @type {Event} */ event) => choose(around(detailOf(event)))}
    ></photo-canvas>
    <figcaption><strong>${name}</strong> ${picture ? `${picture.height} × ${picture.width}, red, green and blue from 0 to 1` : ''}${isOwn ? '. It stays in this browser: a link does not have it.' : ''}</figcaption>
  </figure>`;
}

/** @param {Model} model */
function result({
  result: picture,
  maps,
  limit,
  largest,
  milliseconds,
  show,
  pixel,
  point,
  choose,
}) {
  const range =
    show === 'signed'
      ? ` · full colour from ±${fixed(limit, 2)} on, largest ${fixed(largest, 2)}`
      : ` · largest ${fixed(largest, 2)}`;
  const made = maps === 1 ? 'one map of all colours' : 'each colour by itself';
  return html`<figure class="photo-figure">
    <photo-canvas
      aria-label="The result, the explained pixel outlined. Arrow keys move it, Escape lets it go."
      .model=${picture}
      .outline=${pixel && { ...pixel, rows: 1, columns: 1 }}
      @point=${(/** @type {Event} */ event) => point(detailOf(event))}
      @choose=${(/** @type {Event} */ event) => choose(detailOf(event))}
    ></photo-canvas>
    <figcaption><strong>result</strong> ${picture ? `${picture.height} × ${picture.width}, ${made}${range} · ${withUnit(Math.round(milliseconds), 'ms')}` : 'is being computed'}</figcaption>
  </figure>`;
}
