import { html, nothing } from 'lit-html';

import { fixed } from '../core/number.js';
import { roleText } from '../core/roles.js';
import { settingsText } from '../core/sentences.js';
import { detailHead } from './layer.js';
import { cellView } from './cell.js';

/**
 * @typedef {import('./cell.js').CellModel} CellModel
 * @typedef {import('../render/grid.js').GridModel} GridModel
 * @typedef {import('../render/panels.js').PanelsModel} PanelsModel
 *
 * A map of numbers with its heading.
 * @typedef {{title: string, note?: string, grid: GridModel, label: string,
 *   point?: ((cell: {row: number, column: number} | null) => void), choose?: ((cell: {row: number, column: number}) => void)}} Figure
 */

/**
 * One map (or unit) of a layer: how it is made on the left, one cell of it on the right.
 * @param {object} model
 * @param {string} model.title
 * @param {readonly [string | null, string | null]} model.neighbours
 * @param {CellModel} model.cell
 * @param {PanelsModel | null} model.panels  a convolution's input channels
 * @param {readonly Figure[]} model.figures
 * @param {unknown} model.units  a vector's own grid, or nothing
 * @param {(at: {input: number, row: number | null, column: number | null} | null) => void} model.pointPanel
 * @param {(at: {input: number, row: number | null, column: number | null}) => void} model.choosePanel
 */
export function mapView({
  title,
  neighbours,
  cell,
  panels,
  figures,
  units,
  pointPanel,
  choosePanel,
}) {
  const { layer } = cell.explained;
  return html`
    ${detailHead(title, settingsText(layer), mapRole(layer), neighbours)}
    <div class="detail-columns is-map ${panels ? 'has-panels' : ''}">
      <div class="detail-making">
        ${
          figures.length
            ? html`<div class="figures">
              ${figures.map((item, index) => html`${index ? sign(layer.kind, index) : nothing}${figure(item)}`)}
            </div>`
            : nothing
        }
        ${panels ? panelsPart(layer, panels, pointPanel, choosePanel) : nothing}
                ${units}
      </div>
      ${cellView(cell)}
    </div>
  `;
}

/**
 * A convolution's input channels, each with its kernel and its partial map.
 * @param {import('../state/store.js').Layer} layer
 * @param {PanelsModel} panels
 * @param {(at: {input: number, row: number | null, column: number | null} | null) => void} point
 * @param {(at: {input: number, row: number | null, column: number | null}) => void} choose
 */
function panelsPart(layer, panels, point, choose) {
  const [inputs] = panels.inputs.shape;
  return html`<div class="making-parts">
    <h3>
      ${inputs === 1 ? 'the input' : `the ${inputs} maps of ${layer.inputs[0]}`}, each × its kernel =
      its partial map, ±${fixed(panels.partialLimit, 2)}
    </h3>
    <channel-panels
      role="img"
      aria-label=${`${inputs} panels: input map, kernel, partial map`}
      .model=${panels}
      @point=${(/** @type {CustomEvent} */ event) => point(event.detail)}
      @choose=${(/** @type {CustomEvent} */ event) => choose(event.detail)}
    ></channel-panels>
  </div>`;
}

/** @param {import('../state/store.js').Layer} layer */
function mapRole(layer) {
  if (layer.kind !== 'Conv2d') return roleText(layer);
  const inputs = layer.input_shape[0];
  return inputs === 1
    ? 'The kernel slides over the input; its results and one bias make this map.'
    : `Each of the ${inputs} maps of ${layer.inputs[0]} meets its own kernel; the ${inputs} results and one bias add up to this map.`;
}

/**
 * @param {string} kind
 * @param {number} index
 */
function sign(kind, index) {
  const signs = kind === 'Conv2d' ? ['+', '→'] : ['→'];
  return html`<span class="figure-sign" aria-hidden="true">${signs[index - 1] ?? '→'}</span>`;
}

/** @param {Figure} item */
function figure({ title, note, grid, label, point, choose }) {
  const isInteractive = Boolean(choose);
  return html`<figure class="figure">
    <figcaption><strong>${title}</strong> ${note ? html`<span class="note">${note}</span>` : nothing}</figcaption>
    <value-grid
      ?interactive=${isInteractive}
      tabindex=${isInteractive ? 0 : nothing}
      role=${isInteractive ? 'application' : 'img'}
      aria-roledescription=${isInteractive ? 'map' : nothing}
      aria-label=${label}
      .model=${grid}
      @point=${(/** @type {CustomEvent} */ event) => point?.(event.detail)}
      @choose=${(/** @type {CustomEvent} */ event) => choose?.(event.detail)}
    ></value-grid>
  </figure>`;
}
