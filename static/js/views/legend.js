import { html, nothing } from 'lit-html';

import { significant } from '../core/number.js';
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
 * @param {readonly {name: string, limit: number}[]} model.layers
 * @param {boolean} [model.isInk]  probabilities: ink from 0 to 1
 */
export function legend({ mode, limit, of, layers, isInk }) {
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
    <div class="legend-scale ${isInk ? 'is-ink' : ''}" aria-hidden="true"></div>
    <div class="legend-numbers">
      <span>${isInk ? 0 : significant(-limit, 4)}</span><span class="legend-of">${of}</span><span>${isInk ? 1 : significant(limit, 4)}</span>
    </div>
    ${
      mode === 'layer'
        ? html`<ul class="legend-layers" aria-label="The range of each layer">
          ${layers.map(
            (layer) =>
              html`<li class=${layer.name === of ? 'is-current' : ''}>
                ${layer.name} <span>±${significant(layer.limit)}</span>
              </li>`,
          )}
        </ul>`
        : nothing
    }
  `;
}
