import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { blockKind, titleShape } from '../core/layers/layout.js';
import { shapeText } from '../core/number.js';

/**
 * @import {Layer, View} from '../core/graph.js'
 * @typedef {{channel: number, row: number, column: number}} Cell
 * @typedef {{open: (view: View) => void, pointAt: (position: ({layer: string} & Cell) | null) => void}} FlowActions
 */

/**
 * The layers in data order, each under its name and shape.
 * @param {object} model
 * @param {readonly Layer[]} model.layers
 * @param {string} model.current  the open layer's name, or ''
 * @param {() => boolean} model.canOpen  a map, which has values once a picture stands
 * @param {FlowActions} actions
 */
export function flowTemplate({ layers, current, canOpen }, actions) {
  return html`
    <div class="flow-layers">
      ${repeat(
        layers,
        (layer) => layer.name,
        (layer) => flowLayer(layer, layer.name === current, canOpen, actions),
      )}
    </div>
    <canvas class="flow-edges" aria-hidden="true"></canvas>
  `;
}

/** @param {Layer} layer @param {boolean} isCurrent @param {() => boolean} canOpen @param {FlowActions} actions */
function flowLayer(layer, isCurrent, canOpen, actions) {
  const { name } = layer;
  const kind = blockKind(layer);
  const point = (/** @type {CustomEvent<Cell | null>} */ { detail: cell }) =>
    actions.pointAt(cell && { layer: name, ...cell });
  const choose = (/** @type {CustomEvent<Cell>} */ { detail: { channel } }) =>
    canOpen() && actions.open({ kind: 'map', layer: name, channel });
  return html`
    <section class="flow-layer is-${kind}" data-name=${name} aria-label=${name}>
      ${title(layer, isCurrent, actions)}
      ${kind === 'bars' ? html`<div class="flow-bars" data-bars=${name}></div>` : nothing}
      <layer-picture
        class=${kind === 'bars' ? 'is-beside-bars' : ''}
        data-layer=${name}
        aria-label=${`${name}, ${shapeText(layer.output_shape)}. Arrow keys walk${name === 'input' ? '' : ', Enter opens'}.`}
        @point=${point}
        @choose=${choose}
      ></layer-picture>
    </section>
  `;
}

/** @param {Layer} layer @param {boolean} isCurrent @param {FlowActions} actions */
function title(layer, isCurrent, { open }) {
  const [first, ...sides] = shapeText(titleShape(layer)).split(' × ');
  const rest = sides.length ? html` × <span>${sides.join(' × ')}</span>` : nothing;
  const text = html`<span class="flow-name">${layer.name}</span>
    <span class="flow-shape">${first}${rest}</span>`;
  if (layer.name === 'input') return html`<div class="flow-title">${text}</div>`;
  return html`<button
    class="flow-title"
    type="button"
    aria-current=${isCurrent ? 'true' : nothing}
    @click=${() => open({ kind: 'layer', layer: layer.name })}
  >
    ${text}
  </button>`;
}
