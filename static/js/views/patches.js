import { html, nothing } from 'lit-html';

import { once } from '../core/once.js';
import { significant } from '../core/number.js';
import { button } from './button.js';

/**
 * @import {Box} from '../core/receptive_field.js'
 * @import {Patch, PixelPicture, UnitPatches} from '../render/field_picture.js'
 *
 * What a unit looks for. `found`: null before that is known. `of`: what the images are.
 * @typedef {{layer: string, isVolume: boolean, found: UnitPatches | null, of: string, isLarge: boolean}} PatchesModel
 */

/** As many places as there are at most, while they are on their way. */
const MOST = 9;

/** Where it is known what a unit looks for. @param {string} before  the layer that gives what this one works on */
export const patchesBefore = (before) =>
  html`<p class="note patches-none">What a unit looks for stands with ${before}, whose values these come from.</p>`;

/**
 * The parts of images that excite a unit most, the strongest first.
 * @param {PatchesModel} model
 * @param {{enlargePatches: (isLarge: boolean) => void}} actions
 */
export function patchesView({ layer, isVolume, found, of, isLarge }, { enlargePatches }) {
  const unit = found ? `${isVolume ? 'map' : 'unit'} ${found.channel}` : 'it';
  if (found?.failure) return html`<p class="note">${found.failure}</p>`;
  const { patches = [] } = found ?? {};
  return html`<section class="patches ${isLarge ? 'is-large' : ''}" aria-label=${`What ${unit} looks for`} aria-busy=${String(!found)}>
    <div class="patches-head">
      <h3>what ${unit} looks for<span class="note">, the strongest of ${of}</span></h3>
      ${button(isLarge ? 'smaller' : 'larger', { shape: 'is-link', act: () => enlargePatches(!isLarge) })}
    </div>
    <ol class="patch-list">
      ${
        found
          ? patches.map((patch) => html`<li>${one(patch, layer, isVolume, isLarge)}</li>`)
          : Array.from({ length: MOST }, () => html`<li><span class="patch-empty"></span></li>`)
      }
    </ol>
    ${found && patches.length < MOST ? html`<p class="note">Not more: it sees so much of the picture that other places of ${of} would show the same again.</p>` : nothing}
  </section>`;
}

/** @param {Patch} patch @param {string} layer @param {boolean} isVolume @param {boolean} isLarge */
function one(patch, layer, isVolume, isLarge) {
  const { value, label, row, column } = patch;
  const place = isVolume ? `row ${row}, column ${column}` : '';
  const spoken = `${label}: ${significant(value)}${place ? ` at ${place} of ${layer}` : ''}`;
  const { part, whole } = modelsOf(patch);
  return html`<figure class="patch" title=${isLarge ? nothing : spoken}>
    <div class="patch-pictures">
      <field-picture role="img" aria-label=${spoken} .model=${part}></field-picture>
      ${isLarge ? html`<field-picture role="img" aria-label="Where it is" .model=${whole}></field-picture>` : nothing}
    </div>
    <figcaption>
      <strong>${label}</strong> <span data-value=${value}>${significant(value)}</span>
      ${isLarge && place ? html`<span class="note">${place}</span>` : nothing}
    </figcaption>
  </figure>`;
}

/** A patch's pictures, the same objects for the same patch, so that they are painted once. */
const modelsOf = once((/** @type {Patch} */ { box, picture }) => ({
  part: { picture, window: partOf(box, picture), box: null, pixel: null },
  whole: { picture, window: aroundOf(box, picture), box, pixel: null },
}));

/** What is cut out: the box, or along an axis that it covers all of the picture. @param {Box} box @param {PixelPicture} picture */
function partOf({ top, left, bottom, right }, { rows, columns }) {
  const isTall = bottom - top >= rows;
  const isWide = right - left >= columns;
  return {
    top: isTall ? 0 : top,
    bottom: isTall ? rows : bottom,
    left: isWide ? 0 : left,
    right: isWide ? columns : right,
  };
}

/** The picture and all of the box that is around it. @param {Box} box @param {{rows: number, columns: number}} picture */
export const aroundOf = ({ top, left, bottom, right }, { rows, columns }) => ({
  top: Math.min(0, top),
  left: Math.min(0, left),
  bottom: Math.max(rows, bottom),
  right: Math.max(columns, right),
});
