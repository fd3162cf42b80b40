import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { shapeText } from '../core/number.js';
import { open } from '../state/network/actions.js';

/**
 * @typedef {import('../state/network/store.js').Layer} Layer
 * @typedef {{channel: number, row: number, column: number}} Cell
 */

/**
 * The layers in data order, each under its name and shape.
 * @param {object} model
 * @param {readonly Layer[]} model.layers
 * @param {{mode: string, blocks: readonly import('../core/layers/layout.js').Block[]}} model.plan
 * @param {import('../state/network/store.js').View} model.view
 * @param {(layer: string, cell: Cell) => void} model.choose
 * @param {(layer: string, cell: Cell | null) => void} model.point
 */
export function flowTemplate({ layers, plan, view, choose, point }) {
  const current = view.kind === 'overview' ? '' : view.layer;
  return html`
    <div class="flow-layers">
      ${repeat(
        layers,
        (layer) => layer.name,
        (layer, index) =>
          flowLayer(layer, plan.blocks[index].kind, layer.name === current, choose, point),
      )}
    </div>
    <canvas class="flow-edges" aria-hidden="true"></canvas>
  `;
}

/**
 * @param {Layer} layer
 * @param {string} kind
 * @param {boolean} isCurrent
 * @param {(layer: string, cell: Cell) => void} choose
 * @param {(layer: string, cell: Cell | null) => void} point
 */
function flowLayer(layer, kind, isCurrent, choose, point) {
  const { name } = layer;
  return html`
    <section class="flow-layer is-${kind}" data-name=${name} aria-label=${name}>
      ${title(layer, isCurrent)}
      ${kind === 'bars' ? html`<div class="flow-bars" data-bars></div>` : nothing}
      <layer-picture
        class=${kind === 'bars' ? 'is-beside-bars' : ''}
        data-layer=${name}
        aria-label=${`${name}, ${shapeText(layer.output_shape)}. Arrow keys walk${name === 'input' ? '' : ', Enter opens'}.`}
        @point=${(/** @type {CustomEvent<Cell | null>} */ event) => point(name, event.detail)}
        @choose=${(/** @type {CustomEvent<Cell>} */ event) => choose(name, event.detail)}
      ></layer-picture>
    </section>
  `;
}

/**
 * @param {Layer} layer
 * @param {boolean} isCurrent
 */
function title(layer, isCurrent) {
  const { output_shape: full } = layer;
  const shape = shapeText(layer.name === 'input' && full[0] === 1 ? full.slice(1) : full);
  const [first, ...sides] = shape.split(' × ');
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
