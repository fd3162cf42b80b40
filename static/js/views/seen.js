import { html, nothing } from 'lit-html';

import { boxText, spreadText, statusText } from '../core/field_words.js';
import { shapeText, significant } from '../core/number.js';
import { button } from './button.js';

/**
 * @import {Box, BoxStatus} from '../core/receptive_field.js'
 * @import {PixelPicture} from '../render/field_picture.js'
 *
 * What a value sees of the picture. `window`: what of the picture and around it is shown. `effective`: how much
 * it answers to each pixel, null before that is known.
 * @typedef {object} SeenModel
 * @property {PixelPicture} picture
 * @property {Box} window
 * @property {Box | null} box  null where it sees nothing
 * @property {BoxStatus} status
 * @property {number} pixels  of the picture, in the box
 * @property {{picture: PixelPicture, spread: ReturnType<typeof import('../core/receptive_field.js').spread>} | null} effective
 * @property {string} failure
 */

/**
 * The switch of what the value sees, and that, by geometry and by gradient.
 * @param {SeenModel | null} model  null: it is switched off
 * @param {{showField: (isShown: boolean) => void}} actions
 */
export const seenView = (model, { showField }) =>
  html`<section class="seen" aria-label="What it sees of the picture">
    ${button('What it sees of the picture', {
      shape: 'is-switch',
      isPressed: model !== null,
      act: () => showField(model === null),
    })}
    ${model ? pair(model) : nothing}
  </section>`;

/** @param {SeenModel} model */
function pair({ picture, window: shown, box, status, pixels, effective, failure }) {
  const size = box ? shapeText([box.bottom - box.top, box.right - box.left]) : '0';
  const most = status === 'upper_bound' ? '≤ ' : '';
  const [where, { rows, columns }] = [{ window: shown, box, pixel: null }, picture];
  const place = box ? boxText(box, [rows, columns]) : '';
  const spread = effective && spreadText(effective.spread, pixels);
  return html`<div class="seen-pair">
    <figure>
      <figcaption><strong>by geometry</strong> <span class="note">${most}${size} ${size === '1 × 1' ? 'pixel' : 'pixels'}</span></figcaption>
      <field-picture role="img" aria-label=${`The receptive field. ${place}`} .model=${{ picture, ...where }}></field-picture>
      <p class="note" data-status=${status}>${statusText(status)} ${place}</p>
    </figure>
    <figure aria-busy=${String(!effective && !failure)}>
      <figcaption>
        <strong>by gradient</strong>
        <span class="note">${effective ? rangeText(effective.spread.largest) : nothing}</span>
      </figcaption>
      <field-picture
        role="img"
        aria-label=${`The effective receptive field. ${spread ?? ''}`}
        .model=${effective ? { picture: effective.picture, ...where } : { picture: blankOf(picture), ...where }}
      ></field-picture>
      <p class="note">${failure || spread || 'It is on its way.'}</p>
    </figure>
  </div>`;
}

/** @param {number} largest  of the effects */
const rangeText = (largest) => (largest > 0 ? `0 to ${significant(largest)}` : '0 everywhere');

/** @type {WeakMap<PixelPicture, PixelPicture>} */
const blanks = new WeakMap();

/** Nothing yet, as large as a picture: the same object for the same one. @param {PixelPicture} picture */
function blankOf(picture) {
  const { rows, columns } = picture;
  const known = blanks.get(picture) ?? {
    rows,
    columns,
    planes: [new Float32Array(rows * columns)],
    palette: /** @type {const} */ ('gradient'),
  };
  blanks.set(picture, known);
  return known;
}
