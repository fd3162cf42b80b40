import { html } from 'lit-html';

import { fixed } from '../core/number.js';
import { setRangeMode } from '../state/actions.js';

/** @type {{mode: import('../core/range.js').RangeMode, title: string}[]} */
const MODES = [
  { mode: 'map', title: 'Each map has its own range' },
  { mode: 'layer', title: 'All maps of a layer share a range' },
  { mode: 'network', title: 'All layers share one range' },
];

/**
 * The colour scale of the activations, what it spans, and the choice of over what.
 * @param {object} model
 * @param {import('../core/range.js').RangeMode} model.mode
 * @param {number} model.limit  the scale goes from −limit to +limit
 * @param {string} model.of  what the printed range belongs to
 */
export function legend({ mode, limit, of }) {
  return html`
    <h2 class="panel-title" id="range-title">Activation range</h2>
    <div class="segmented" role="group" aria-labelledby="range-title">
      ${MODES.map(
        (choice) => html`<button
          class="button"
          type="button"
          title=${choice.title}
          aria-pressed=${choice.mode === mode}
          @click=${() => setRangeMode(choice.mode)}
        >
          ${choice.mode}
        </button>`,
      )}
    </div>
    <div class="legend-scale" aria-hidden="true"></div>
    <div class="legend-numbers">
      <span>${fixed(-limit, 2)}</span><span class="legend-of">${of}</span><span>${fixed(limit, 2)}</span>
    </div>
  `;
}
