import { html, nothing } from 'lit-html';

import { positionText } from '../core/layers/place.js';
import { wiringOf } from '../core/layers/wiring.js';
import { significant } from '../core/number.js';
import { loupe } from '../render/thumbnails.js';
import { swatch } from '../render/tiles.js';
import { picture, valueText } from './cell_parts.js';
import { viewOf } from './layers/registry.js';

/**
 * @typedef {{zero: number, span: number} | null} Grey  the image's own scale, where it is the input
 *
 * @typedef {object} LabelModel
 * @property {import('../core/layers/explain.js').Explained} explained
 * @property {number} limit
 * @property {number} reach  the map's own range, where each has its own; else 0
 * @property {number} inputLimit
 * @property {(layer: string) => Grey} greyOf
 */

/** The label that is the operation: a loupe of the map, the value, and what it is made of. @param {LabelModel} model */
export function hoverLabel(model) {
  const { explained, limit, reach, greyOf } = model;
  const { layer, position, output, torchValue } = explained;
  const isVolume = layer.output_shape.length === 3;
  const isColoured = layer.inputs.length > 0 && !wiringOf(layer).isShare;
  return html`
    ${isVolume ? picture(loupe(output, position, limit, greyOf(layer.name))) : nothing}
    <div>
      <div class="hover-label-sum">
        ${isColoured ? picture(swatch(torchValue, limit, 'activation')) : nothing}
        <strong>${valueText(torchValue)}</strong> ${parts(model)}
      </div>
      <div class="hover-label-where">${positionText(position, layer.output_shape, layer)}${reach ? ` · ±${significant(reach)}` : nothing}</div>
      ${layer.inputs.length === 0 ? html`<div class="hover-label-hint">click: what it reaches</div>` : nothing}
    </div>
  `;
}

/** What stands behind the equals sign. @param {LabelModel} model */
function parts(model) {
  const { layer, trace, isWaiting } = model.explained;
  const { label, waiting } = viewOf(layer);
  if (trace) return label(model);
  return isWaiting && waiting ? html`<span>= ${waiting}</span>` : nothing;
}
