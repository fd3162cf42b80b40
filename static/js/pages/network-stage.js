import { html, nothing } from 'lit-html';

import { neighboursOf, zoomBy, ZOOMS } from '../state/actions.js';
import {
  failure,
  forward,
  isBusy,
  layerNamed,
  limits,
  outline,
  view,
  weights,
  zoom,
  hover,
  activations,
} from '../state/store.js';
import { percent } from '../core/number.js';
import { icon } from '../views/icon.js';
import { layerView } from '../views/layer.js';
import { ledger } from '../views/ledger.js';
import { mapStage } from './network-map.js';
import { pointAt } from '../state/actions.js';

/** The main part of the page: the network, what is open of it, the ledger. */
export function stageTemplate() {
  const known = outline.value;
  if (!known) {
    return html`<p class="note stage-note" aria-busy="true">${failure.value ?? 'The network is on its way.'}</p>`;
  }
  const now = view.value;
  const isOverview = now.kind === 'overview';
  return html`
    ${failure.value ? html`<p class="banner" role="alert">${failure.value}</p>` : nothing}
    <div class="flow-frame ${isOverview ? '' : 'is-strip'}" aria-busy=${isBusy.value}>
      <div class="flow-scroller ${zoom.value > 1 && isOverview ? 'is-zoomed' : ''}">
        <network-flow></network-flow>
      </div>
      ${isOverview ? zoomTools() : prediction()}
    </div>
    ${isOverview ? nothing : html`<div class="detail" id="detail">${detailTemplate(now)}</div>`}
    ${ledger({ layers: known.layers, current: isOverview ? '' : now.layer, totals: known })}
  `;
}

/** What the network sees, where the bars are folded away. */
function prediction() {
  const found = forward.value?.document.prediction;
  if (!found) return nothing;
  return html`<p class="flow-prediction">
    <strong>${found.label}</strong> <span>${percent(found.probability)}</span>
  </p>`;
}

function zoomTools() {
  const [first, last] = [ZOOMS[0], ZOOMS[ZOOMS.length - 1]];
  return html`<div class="flow-tools segmented" role="group" aria-label="Zoom">
    ${
      zoom.value > first
        ? html`<button class="button is-icon" type="button" aria-label="Fit" title="Fit (0)" @click=${() => zoomBy(0)}>
          ${icon('maximize')}
        </button>`
        : nothing
    }
    <button
      class="button is-icon"
      type="button"
      aria-label="Zoom out"
      title="Zoom out (−)"
      ?disabled=${zoom.value <= first}
      @click=${() => zoomBy(-1)}
    >
      ${icon('zoom-out')}
    </button>
    <button
      class="button is-icon"
      type="button"
      aria-label="Zoom in"
      title="Zoom in (+)"
      ?disabled=${zoom.value >= last}
      @click=${() => zoomBy(1)}
    >
      ${icon('zoom-in')}
    </button>
  </div>`;
}

/** @param {Exclude<import('../state/store.js').View, {kind: 'overview'}>} now */
function detailTemplate(now) {
  const layer = layerNamed(now.layer);
  if (!layer || !forward.value) return nothing;
  if (now.kind !== 'layer') return mapStage(now, layer);
  const at = hover.value;
  return layerView({
    layer,
    neighbours: neighboursOf(layer.name),
    tensor: activations.value.get(layer.name),
    limit: limits.value.get(layer.name)?.reduce((a, b) => Math.max(a, b), 0) ?? 0,
    weights: weights.value.get(layer.name),
    filter: at?.layer === layer.name ? at.channel : 0,
    classes: outline.value?.classes ?? [],
    point: (channel) =>
      pointAt(channel === null ? null : { layer: layer.name, channel, row: 0, column: 0 }),
  });
}
