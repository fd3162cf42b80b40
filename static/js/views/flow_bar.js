import { html, nothing } from 'lit-html';

import { count } from '../core/number.js';
import { button } from './button.js';

/**
 * Above a deep network: a layer is found by its name, and all stages are unfolded or folded.
 * @param {object} model
 * @param {readonly import('../core/graph.js').Layer[]} model.layers  without the input
 * @param {number} model.columns  that are shown of them
 * @param {boolean} model.isFolding  whether it has stages
 * @param {boolean} model.isUnfolded  whether any is unfolded
 * @param {{open: (view: import('../core/graph.js').View) => void, turnAll: () => void}} actions
 */
export function flowBar({ layers, columns, isFolding, isUnfolded }, { open, turnAll }) {
  return html`<div class="flow-bar">
    <layer-search
      .model=${{ layers }}
      @open=${(/** @type {CustomEvent<string>} */ { detail: layer }) => open({ kind: 'layer', layer })}
    ></layer-search>
    ${
      isFolding
        ? html`<p class="note">${count(layers.length)} layers in ${count(columns)} columns</p>
            ${button(isUnfolded ? 'Fold all' : 'Unfold all', { shape: 'is-link', act: turnAll })}`
        : nothing
    }
  </div>`;
}
