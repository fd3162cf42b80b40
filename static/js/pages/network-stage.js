import { signal } from '@preact/signals-core';
import { html, nothing } from 'lit-html';

import { failure, forward, isBusy, outline, view, zoom } from '../state/store.js';
import { percent } from '../core/number.js';
import { zoomBy, ZOOMS } from '../state/actions.js';
import { isBlank } from '../state/shown.js';
import { icon } from '../views/icon.js';
import { ledger } from '../views/ledger.js';

/** What shows an open layer, map or cell; it comes behind the first picture. */
const opened = signal(/** @type {typeof import('./network-detail.js') | null} */ (null));

/** Loads what shows the details, once. */
export async function loadDetail() {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const sheets = document.querySelectorAll('link[data-late]');
  for (const sheet of sheets) sheet.disabled = false;
  const module = await import('./network-detail.js');
  opened.value = module;
  return module;
}

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
    <div
      class="flow-frame ${isOverview ? '' : 'is-strip'} ${isBlank.value ? 'is-blank' : ''}"
      aria-busy=${isBusy.value}>
      <flow-scroller class="flow-scroller ${zoom.value > 1 && isOverview ? 'is-zoomed' : ''}">
        <network-flow></network-flow>
      </flow-scroller>
      ${isOverview ? zoomTools() : prediction()}
    </div>
    ${isOverview ? nothing : html`<div class="detail" id="detail">${opened.value?.detailTemplate(now)}</div>`}
    ${ledger({ layers: known.layers, current: isOverview ? '' : now.layer, totals: known })}
  `;
}

/** What the network sees, where the bars are folded away. */
function prediction() {
  const found = forward.value?.document.prediction;
  if (!found || isBlank.value) return nothing;
  return html`<p class="flow-prediction">
    <strong>${found.label}</strong> <span>${percent(found.probability)}</span>
  </p>`;
}

function zoomTools() {
  const [first, last] = [ZOOMS[0], ZOOMS[ZOOMS.length - 1]];
  return html`${zoom.value > first ? html`<p class="note flow-hint">Drag to move · Ctrl + wheel zooms</p>` : nothing}
  <div class="flow-tools segmented" role="group" aria-label="Zoom">
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
