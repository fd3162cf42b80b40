import { html } from 'lit-html';

import { wiringOf } from '../core/layers/wiring.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 * @import {Layer} from '../core/graph.js'
 */

/**
 * A vector's units as a grid.
 * @param {object} model
 * @param {Layer} model.layer
 * @param {Tensor} model.tensor  (n,)
 * @param {number} model.limit
 * @param {readonly string[]} model.classes
 * @param {(unit: number | null) => void} model.point
 * @param {(unit: number) => void} model.open
 * @param {number | null} [model.selected]
 */
export function unitGrid({ layer, tensor, limit, classes, point, open, selected = null }) {
  const palette = wiringOf(layer).isShare ? 'input' : 'activation';
  return html`<unit-grid
    .label=${`The ${tensor.data.length} units of ${layer.name}. Arrow keys walk, Enter opens.`}
    .model=${{ values: tensor.data, palette, limit, selected, names: classes }}
    @point=${(/** @type {CustomEvent} */ { detail }) => point(detail)}
    @choose=${(/** @type {CustomEvent} */ { detail }) => open(detail)}
  ></unit-grid>`;
}
