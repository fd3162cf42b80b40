import { html, nothing } from 'lit-html';

import { significant } from '../core/number.js';
import { pressedChoice } from './button.js';

/** @type {{value: import('../core/range.js').RangeMode, text: string, title: string}[]} */
const MODES = [
  { value: 'map', text: 'map', title: 'Each map has its own range' },
  { value: 'layer', text: 'layer', title: 'All maps of a layer share a range' },
  { value: 'network', text: 'network', title: 'All layers share one range' },
];

/** Two columns have room for so many letters of a name. */
const SHORT = 10;

/** Whether a name needs the whole width: of two that end alike their ends would not tell which is which. @param {readonly {name: string}[]} layers */
const isLong = (layers) => layers.some(({ name }) => name.length > SHORT);

/** From the faintest map to the strongest. @param {readonly {of: string, limit: number}[]} maps */
const extremesOf = ([
  least,
  most,
]) => html`<ul class="legend-layers" aria-label="The range of the maps">
  <li>from ±${significant(least.limit)} <span>${least.of}</span></li>
  <li>to ±${significant(most.limit)} <span>${most.of}</span></li>
</ul>`;

/**
 * The colour scale of the activations, what it spans, and the choice of over what.
 * @param {object} model
 * @param {import('../core/range.js').RangeMode} model.mode
 * @param {number} model.limit  the scale goes from −limit to +limit
 * @param {string} model.of  what the printed range belongs to
 * @param {readonly {name: string, limit: number}[]} model.layers
 * @param {boolean} [model.isInk]  probabilities: ink from 0 to 1
 * @param {readonly {of: string, limit: number}[]} [model.maps]  where each map has its own range: the
 *   one with the smallest and the one with the largest
 * @param {{setRangeMode: (mode: import('../core/range.js').RangeMode) => void}} actions
 */
export function legend({ mode, limit, of, layers, isInk, maps }, { setRangeMode }) {
  const [low, high] = maps
    ? ['−', '+']
    : isInk
      ? [0, 1]
      : [significant(-limit, 4), significant(limit, 4)];
  return html`
    <h2 class="panel-title">Activation range</h2>
    ${pressedChoice('Activation range', MODES, mode, setRangeMode)}
    <div class="legend-scale ${isInk ? 'is-ink' : ''}" aria-hidden="true"></div>
    <div class="legend-numbers">
      <span>${low}</span><span class="legend-of">${of}</span><span>${high}</span>
    </div>
    ${maps?.length ? extremesOf(maps) : nothing}
    ${
      mode === 'layer'
        ? html`<ul class="legend-layers ${isLong(layers) ? 'is-long' : ''}" aria-label="The range of each layer">
          ${layers.map(
            (layer) =>
              html`<li class=${layer.name === of ? 'is-current' : ''}>
                <bdi title=${layer.name}>${layer.name}</bdi> <span>±${significant(layer.limit)}</span>
              </li>`,
          )}
        </ul>`
        : nothing
    }
  `;
}
