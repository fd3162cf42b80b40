import { html, nothing } from 'lit-html';

import { icon } from '../button.js';

/**
 * @typedef {object} GlanceModel
 * @property {import('../../core/colour.js').Picture | null} picture  of the output; null:
 *   there is none
 * @property {string} size
 * @property {string} settings
 * @property {() => void} back
 */

/**
 * The output in a strip, while the stage is out of sight; it leads back there.
 * @param {GlanceModel | null} model  null while the stage can be seen
 */
export function glanceView(model) {
  if (!model) return nothing;
  const { picture, size, settings, back } = model;
  return html`<button class="lab-glance" type="button" @click=${back}>
    <span class="lab-glance-picture"><value-picture .model=${picture}></value-picture></span>
    <span class="lab-glance-words"><strong>output ${size}</strong> <span>${settings}</span></span>
    <span class="lab-glance-back">Stage ${icon('chevron-right')}</span>
  </button>`;
}
