import { html } from 'lit-html';

import { reachText } from '../core/field_words.js';
import { counted } from '../core/number.js';
import { areaOf } from '../core/receptive_field.js';
import { button, iconButton } from './button.js';

/**
 * @import {Box, Pixel} from '../core/receptive_field.js'
 * @import {PixelPicture} from '../render/field_picture.js'
 * @typedef {{name: string, box: Box, extent: readonly number[]}} ReachedLayer
 * @typedef {{open: (view: {kind: 'layer', layer: string}) => void,
 *   choosePixel: (pixel: Pixel | null) => void,
 *   pointAt: (at: {layer: string, channel: number, row: number, column: number} | null) => void}} ReachActions
 */

/** @param {ReachedLayer} layer */
const shareOf = ({ box, extent }) => areaOf(box) / (extent[0] * extent[1]);

/**
 * What one pixel of the input reaches, layer by layer, beside the picture in which it can be moved.
 * @param {{picture: PixelPicture, pixel: Pixel, layers: readonly ReachedLayer[]}} model
 * @param {ReachActions} actions
 */
export function reachView({ picture, pixel, layers }, { open, choosePixel, pointAt }) {
  const { rows, columns } = picture;
  const shown = { picture, window: { top: 0, left: 0, bottom: rows, right: columns } };
  const point = (/** @type {CustomEvent<Pixel | null>} */ { detail }) =>
    pointAt(detail && { layer: 'input', channel: 0, ...detail });
  return html`<section class="reach" aria-label="What a pixel reaches">
    <field-picture
      interactive
      tabindex="0"
      role="application"
      aria-roledescription="picture"
      aria-label="What the network sees. Arrow keys move the pixel, Escape lets it go."
      .model=${{ ...shown, box: null, pixel }}
      @point=${point}
      @choose=${(/** @type {CustomEvent<Pixel>} */ { detail }) => choosePixel(detail)}
    ></field-picture>
    <div class="reach-told">
      <div class="reach-head">
        <h3>what the pixel in row ${pixel.row}, column ${pixel.column} reaches</h3>
        ${iconButton('x', { name: 'Let the pixel go', title: 'Let the pixel go (Esc)', act: () => choosePixel(null) })}
      </div>
      <p class="note" role="status">${summary(layers)}</p>
      <ol class="reach-layers" tabindex="0" aria-label="Layer by layer">
        ${layers.map(
          (layer) => html`<li>
            ${button(layer.name, { shape: 'is-link', act: () => open({ kind: 'layer', layer: layer.name }) })}
            <progress max="1" .value=${shareOf(layer)} aria-hidden="true"></progress>
            <span class="note" data-reached=${layer.name}>${reachText(layer.box, layer.extent)}</span>
          </li>`,
        )}
      </ol>
    </div>
  </section>`;
}

/** @param {number} places @param {string} layer */
const seenText = (places, layer) =>
  `${counted(places, 'place')} of ${layer} ${places === 1 ? 'sees' : 'see'} it`;

/** @param {readonly ReachedLayer[]} layers */
function summary(layers) {
  const [first] = layers;
  const whole = layers.findIndex((layer) => shareOf(layer) === 1);
  const begin = first ? seenText(areaOf(first.box), first.name) : '';
  const end =
    whole < 0
      ? '; no layer all of it.'
      : `; from ${layers[whole].name} on, layer ${whole + 1} of ${layers.length}, all do.`;
  return begin + end;
}
