import { html, nothing } from 'lit-html';

import { button } from './button.js';

/**
 * The main part of the page: the network, what is open of it, the ledger.
 * @param {object} model
 * @param {import('../core/graph.js').Outline | null} model.outline
 * @param {string | null} model.failure
 * @param {boolean} model.isGone  whether the server has it no more
 * @param {Element} model.flow  the network itself
 * @param {boolean} model.isOpen  whether something is opened of it
 * @param {boolean} model.isBlank
 * @param {boolean} model.isBusy
 * @param {boolean} model.isDeep
 * @param {boolean} model.isZoomed
 * @param {unknown} model.tools  beside the network
 * @param {unknown} model.detail  what is open
 * @param {unknown} model.below  what is told below the network and what is open
 * @param {unknown} model.ledger  all layers as a table
 * @param {{zoomBy: (step: number) => void, reload: () => void}} actions
 */
export function stageView(model, actions) {
  const { outline, failure, flow, isOpen, isBlank, isBusy, isDeep, isZoomed } = model;
  if (!outline) {
    return html`<p class="note stage-note" aria-busy="true">${failure ?? 'The network is on its way.'}</p>`;
  }
  const again = button('Load the page anew', { shape: 'is-small', act: actions.reload });
  const zoom = (/** @type {CustomEvent<number>} */ event) => actions.zoomBy(event.detail);
  return html`
    ${failure ? html`<p class="banner" role="alert">${failure} ${model.isGone ? again : nothing}</p>` : nothing}
    <div
      class="flow-frame ${isOpen ? 'is-strip' : ''} ${isBlank ? 'is-blank' : ''} ${isDeep ? 'is-deep' : ''}"
      aria-busy=${isBusy}>
      <flow-scroller class="flow-scroller ${isZoomed ? 'is-zoomed' : ''}" @zoom=${zoom}>${flow}</flow-scroller>
      ${model.tools}
    </div>
    ${isOpen ? html`<div class="detail">${model.detail}</div>` : nothing}
    ${model.below} ${model.ledger}
  `;
}
