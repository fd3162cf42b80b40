import { html, nothing } from 'lit-html';

import { withEncoding } from '../core/encoding.js';
import { kindOf } from '../core/layers/registry.js';
import { wiringOf } from '../core/layers/wiring.js';
import { counted, shapeText, significant } from '../core/number.js';
import { settingsText } from '../core/sentences.js';
import { breakable, breakableName } from './breakable.js';
import { button, icon, iconButton } from './button.js';
import { kernelList, kernelWall } from './kernels.js';
import { facts } from './layer_facts.js';
import { unitGrid } from './unit_weights.js';

/**
 * @import {RangeMode} from '../core/range.js'
 * @import {Tensor} from '../core/tensor.js'
 * @import {Layer, Position, View} from '../core/graph.js'
 * @typedef {{before: readonly string[], behind: readonly string[]}} Neighbours
 * @typedef {{open: (view: View) => void, close: () => void,
 *   setRangeMode: (mode: RangeMode) => void,
 *   pointAt: (position: Position | null) => void}} DetailActions
 */

/**
 * A layer: what it does, its settings and sizes with live numbers, its kernels, its maps large.
 * @param {object} model
 * @param {Layer} model.layer
 * @param {Neighbours} model.neighbours
 * @param {Tensor | undefined} model.tensor
 * @param {Tensor | undefined} model.small  a smaller picture of each map, until the tensor has come
 * @param {number} model.limit  of its colour range
 * @param {RangeMode} model.mode
 * @param {import('../core/layers/registry.js').Parameters | undefined} model.weights
 * @param {number} model.filter  the map under the pointer, else that of the kernel looked at
 * @param {{filter: number, input: number}} model.kernel  the one looked at
 * @param {(kernel: {filter: number, input: number}) => void} model.look
 * @param {number} model.listed  kernels that are listed with their numbers
 * @param {(length: number) => void} model.list
 * @param {unknown} model.unitWeights  of a dense layer
 * @param {unknown} model.patches  what its filter, or its unit, looks for
 * @param {readonly string[]} model.classes
 * @param {import('../elements/layer_maps.js').MapsModel['colours']} model.colours
 * @param {DetailActions} actions
 */
export function layerView(model, actions) {
  const { layer, neighbours, tensor, limit, mode, classes } = model;
  const { open, pointAt } = actions;
  const point = (/** @type {number | null} */ channel) =>
    pointAt(channel === null ? null : { layer: layer.name, channel, row: 0, column: 0 });
  const openMap = (/** @type {number} */ channel) =>
    open({ kind: 'map', layer: layer.name, channel });
  const isVolume = layer.output_shape.length === 3;
  const maps = tensor ?? model.small;
  const { hasKernels } = wiringOf(layer);
  const kernels = { ...model, open: openMap };
  return html`
    ${detailHead(layer.name, settingsText(layer), withEncoding(layer, kindOf(layer).role(layer)), neighbours, actions)}
    <div class="detail-columns is-layer">
      <div class="detail-facts">
        ${facts(layer)} ${model.patches} ${hasKernels ? kernelWall(kernels) : model.unitWeights}
      </div>
      <div class="detail-maps">
        <div class="detail-range">
          <h3>
            ${isVolume ? `${counted(layer.output_shape[0], 'map')} of ${shapeText(layer.output_shape.slice(1))}` : counted(layer.output_shape[0], 'unit')},
            ${wiringOf(layer).isShare ? '0 to 1' : rangeText(isVolume ? mode : 'layer', limit)}
          </h3>
          ${isVolume ? rangeSwitch(mode, actions) : nothing}
        </div>
        ${
          isVolume
            ? html`<layer-maps
                .model=${maps ? { layer, tensor: maps, colours: model.colours } : null}
                @point=${(/** @type {CustomEvent} */ { detail: cell }) => pointAt(cell && { layer: layer.name, ...cell })}
                @choose=${(/** @type {CustomEvent} */ { detail: cell }) => openMap(cell.channel)}
              ></layer-maps>`
            : tensor
              ? unitGrid({ layer, tensor, limit, classes, point, open: openMap })
              : nothing
        }
      </div>
      ${hasKernels ? kernelList(kernels) : nothing}
    </div>
  `;
}

/** What the colours of a layer's maps span. @param {RangeMode} mode @param {number} limit  the largest of its maps' */
function rangeText(mode, limit) {
  const text = `±${significant(limit)}`;
  return mode === 'map' ? `each in its own range, up to ${text}` : text;
}

/**
 * Faint maps are seen in their own range: the way there and back.
 * @param {RangeMode} mode
 * @param {DetailActions} actions
 */
export function rangeSwitch(mode, { setRangeMode }) {
  const isOwn = mode === 'map';
  const text = isOwn ? 'one range for the layer' : 'show each map in its own range';
  return button(text, { shape: 'is-link', act: () => setRangeMode(isOwn ? 'layer' : 'map') });
}

/**
 * The head of everything that is opened: back, its name, what it is, the neighbours.
 * @param {string} name
 * @param {string} settings
 * @param {string} role
 * @param {Neighbours} neighbours  what the layer reads, and what reads it
 * @param {Pick<DetailActions, 'close' | 'open'>} actions
 */
export function detailHead(name, settings, role, { before, behind }, actions) {
  return html`<div class="detail-head">
    ${iconButton('chevron-left', { name: 'Back', title: 'Back (Esc)', act: () => actions.close() })}
    <div class="detail-names">
      <h2>${breakableName(name)}</h2>
      <p class="detail-settings">${settings}</p>
    </div>
    <p class="detail-role">${breakable(role)}</p>
    ${
      before.length + behind.length
        ? html`<nav class="segmented detail-neighbours" aria-label="Neighbouring layers">
            ${before.map((one) => neighbour(one, false, actions))} ${behind.map((one) => neighbour(one, true, actions))}
          </nav>`
        : nothing
    }
  </div>`;
}

/** The way to a neighbouring layer. @param {string} name @param {boolean} isBehind @param {Pick<DetailActions, 'open'>} actions */
function neighbour(name, isBehind, { open }) {
  const title = isBehind ? 'The layer behind (Page Down)' : 'The layer before (Page Up)';
  const text = html`${isBehind ? nothing : icon('chevron-left')} ${name} ${isBehind ? icon('chevron-right') : nothing}`;
  return button(text, { title, act: () => open({ kind: 'layer', layer: name }) });
}
