import { html, nothing } from 'lit-html';

import { withEncoding } from '../core/encoding.js';
import { isConnected } from '../core/layers/conv2d.js';
import { counted, fixed, significant } from '../core/number.js';
import { settingsText } from '../core/sentences.js';
import { detailHead, rangeSwitch } from './layer.js';
import { cellView } from './cell.js';

/**
 * @import {RangeMode} from '../core/range.js'
 * @import {PanelsModel} from '../render/panels.js'
 * @import {CellModel, Explained} from './cell.js'
 * @import {DetailActions} from './layer.js'
 * @import {Figure} from './map_figures.js'
 * @typedef {{input: number, row: number | null, column: number | null}} PanelPlace
 */

/**
 * One map (or unit) of a layer: how it is made on the left, one cell of it on the right.
 * @param {object} model
 * @param {string} model.title
 * @param {import('./layer.js').Neighbours} model.neighbours
 * @param {CellModel} model.cell
 * @param {PanelsModel | null} model.panels  a convolution's input channels
 * @param {readonly Figure[]} model.figures
 * @param {RangeMode} model.mode
 * @param {number} model.reach  the largest absolute value of the map itself
 * @param {unknown} model.units  a vector's own grid, or nothing
 * @param {unknown} model.patches  what it looks for, or nothing
 * @param {(at: PanelPlace | null) => void} model.pointPanel
 * @param {(at: PanelPlace) => void} model.choosePanel
 * @param {DetailActions} actions
 */
export function mapView(model, actions) {
  const { title, neighbours, cell, panels, figures, mode, reach, units } = model;
  const { layer, kind, position } = cell.explained;
  const role = withEncoding(layer, kind.mapRole?.(layer, position.channel) ?? kind.role(layer));
  return html`
    ${detailHead(title, settingsText(layer), role, neighbours, actions)}
    <div class="detail-columns is-map ${panels ? 'has-panels' : ''}">
      <div class="detail-making">
        ${
          figures.length
            ? html`<div class="figures">
              ${figures.map((item, index) => figure(item, index ? (item.sign ?? '→') : ''))}
            </div>`
            : nothing
        }
        ${layer.output_shape.length === 3 ? reachNote(reach, cell.limit, mode, actions) : nothing}
        ${model.patches}
        ${panels ? panelsPart(cell.explained, panels, model.pointPanel, model.choosePanel) : nothing}
        ${units}
      </div>
      ${cellView(cell)}
    </div>
  `;
}

/**
 * A convolution's input channels, each with its kernel and its partial map.
 * @param {Explained} explained
 * @param {PanelsModel} panels
 * @param {(at: PanelPlace | null) => void} point
 * @param {(at: PanelPlace) => void} choose
 */
function panelsPart({ layer, position, trace }, panels, point, choose) {
  const inputs = panels.channels.length;
  const met = panels.channels.filter((map) => isConnected(layer, position.channel, map)).length;
  const each = met === inputs ? 'each' : `each of ${met}`;
  const sum = trace ? trace.equation.blocks[panels.selected].sum : NaN;
  const spoken = `${counted(inputs, 'panel')}: input map, kernel, partial map. Map ${panels.channels[panels.selected]} adds ${fixed(sum, 4)} here. Arrow keys walk.`;
  return html`<div class="making-parts">
    <h3>
      ${
        inputs === 1
          ? 'the input × its kernel = the partial map'
          : `the ${inputs} maps of ${layer.inputs.join()}, ${each} × its kernel = its partial map`
      }, ±${significant(panels.partialLimit)}; kernels ±${significant(panels.kernelLimit)}
    </h3>
    <channel-panels
      aria-label=${spoken}
      .model=${panels}
      @point=${(/** @type {CustomEvent} */ event) => point(event.detail)}
      @choose=${(/** @type {CustomEvent} */ event) => choose(event.detail)}
    ></channel-panels>
  </div>`;
}

/** A map whose largest value is below this share of the range looks blank. */
const FAINT = 1 / 8;

/**
 * Why a map looks blank, and the way to see it.
 * @param {number} reach
 * @param {number} limit
 * @param {RangeMode} mode
 * @param {DetailActions} actions
 */
function reachNote(reach, limit, mode, actions) {
  if (reach === 0) return html`<p class="note figures-note">Every value of this map is 0.</p>`;
  if (mode !== 'map' && reach > FAINT * limit) return nothing;
  const text =
    mode === 'map'
      ? ''
      : `This map reaches only ±${significant(reach)} of ±${significant(limit)}: `;
  return html`<p class="note figures-note">${text}${rangeSwitch(mode, actions)}</p>`;
}

/** @param {Figure} item @param {string} before  the sign before it, '' for the first */
function figure({ title, note, grid, label, point, choose }, before) {
  const isInteractive = Boolean(choose);
  const range = grid.palette === 'input' ? '0 to 1' : `±${significant(grid.limit)}`;
  return html`<figure class="figure">
    <figcaption>
      <strong>${title}</strong> <span class="note">${note ? `${note}, ${range}` : range}</span>
    </figcaption>
    ${before ? html`<span class="figure-sign" aria-hidden="true">${before}</span>` : nothing}
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
