import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { kernelStart } from '../../core/experiment/experiment.js';

/**
 * @import {Values} from '../../core/experiment/experiment.js'
 * @import {Layout} from '../../core/experiment/weight_layout.js'
 * @import {Picture} from '../../core/colour.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @typedef {{id: string, weight: Values, layout: Layout, filter: number, channel: number}} Model
 */

/** The largest weight, which has the full colour. @param {Float64Array} data */
export const weightLimit = (data) =>
  data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;

/** @type {WeakMap<Values, Map<number, Picture>>} */
const known = new WeakMap();

/**
 * One kernel in small: the same object for the same weight, so that it is painted once.
 * @param {Values} weight
 * @param {Layout} layout
 * @param {number} start
 * @returns {Picture}
 */
function pictureOf(weight, { kernelSize: [rows, columns] }, start) {
  const pictures = known.get(weight) ?? new Map();
  known.set(weight, pictures);
  if (!pictures.has(start)) {
    const values = Float32Array.from(weight.data.subarray(start, start + rows * columns));
    const limit = weightLimit(weight.data);
    pictures.set(start, { rows, columns, values, palette: 'weight', limit });
  }
  return pictures.get(start);
}

/** @param {Model} model @param {number} filter @param {number} channel @param {Actions} actions */
function slice({ id, weight, layout, ...now }, filter, channel, actions) {
  const start = kernelStart(layout, filter, channel);
  const name = `filter ${filter}, channel ${channel}`;
  if (start < 0) {
    return html`<span class="kernel-slice is-none" title=${`${name}: in different groups`}></span>`;
  }
  return html`<label class="kernel-slice" title=${name}>
    <input
      type="radio"
      name=${`${id}-slice`}
      class="segment-input"
      aria-label=${name}
      .checked=${live(now.filter === filter && now.channel === channel)}
      @change=${() => actions.chooseSlice(filter, channel)}
    />
    <value-picture .model=${pictureOf(weight, layout, start)}></value-picture>
  </label>`;
}

/**
 * Which filter reads which channel, each kernel in small: a standard convolution is full, a grouped
 * one has blocks, a depthwise one a diagonal. One of them is edited.
 * @param {Model} model
 * @param {Actions} actions
 */
export function kernelMap(model, actions) {
  const { inChannels, outChannels } = model.layout;
  if (inChannels * outChannels === 1) return nothing;
  const rows = Array.from({ length: inChannels }, (_, channel) => channel);
  const filters = Array.from({ length: outChannels }, (_, filter) => filter);
  return html`<div class="kernel-map" role="radiogroup" aria-label="Kernel to edit">
    <div class="kernel-map-axes" aria-hidden="true">
      <span>filter →</span>${inChannels > 1 ? html`<span>channel ↓</span>` : nothing}
    </div>
    ${rows.map(
      (channel) => html`<div class="kernel-map-row">
        ${filters.map((filter) => slice(model, filter, channel, actions))}
      </div>`,
    )}
  </div>`;
}
