import { signal } from '@preact/signals-core';
import { html, nothing } from 'lit-html';

import { failure, isBusy, outline, view, zoom } from '../../state/network/store.js';
import { isBlank } from '../../state/network/explained_position.js';
import { ledger } from '../../views/ledger.js';

/** What shows an open layer, map or cell; it comes behind the first picture. */
const opened = signal(/** @type {typeof import('./detail.js') | null} */ (null));

/** Loads what shows the details, once. */
export async function loadDetail() {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const sheets = document.querySelectorAll('link[data-late]');
  for (const sheet of sheets) sheet.disabled = false;
  const module = await import('./detail.js');
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
      ${isOverview ? opened.value?.zoomTools() : opened.value?.prediction()}
    </div>
    ${isOverview ? nothing : html`<div class="detail" id="detail">${opened.value?.detailTemplate(now)}</div>`}
    ${ledger({ layers: known.layers, current: isOverview ? '' : now.layer, totals: known })}
  `;
}
