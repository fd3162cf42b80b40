import { html, nothing } from 'lit-html';

import { unitRow } from '../core/layers/unit_parameters.js';
import { wiringOf } from '../core/layers/wiring.js';
import { counted, significant } from '../core/number.js';
import { largest } from '../core/range.js';
import { viewOf } from './layers/registry.js';

/**
 * @import {Layer} from '../core/graph.js'
 * @import {Tensor} from '../core/tensor.js'
 */

/**
 * A vector's units as a grid.
 * @param {object} model
 * @param {Layer} model.layer
 * @param {Tensor} model.tensor  (n,)
 * @param {number} model.limit
 * @param {readonly string[]} model.classes
 * @param {(unit: number | null) => void} model.point
 * @param {(unit: number) => void} model.open
 * @param {number | null} [model.selected]
 */
export function unitGrid({ layer, tensor, limit, classes, point, open, selected = null }) {
  const palette = wiringOf(layer).isShare ? 'input' : 'activation';
  return html`<unit-grid
    .label=${`${counted(tensor.data.length, 'unit')} of ${layer.name}. Arrow keys walk, Enter opens.`}
    .model=${{ values: tensor.data, palette, limit, selected, names: classes }}
    @point=${(/** @type {CustomEvent} */ { detail }) => point(detail)}
    @choose=${(/** @type {CustomEvent} */ { detail }) => open(detail)}
  ></unit-grid>`;
}

/**
 * A unit of a dense layer.
 * @typedef {object} UnitModel
 * @property {import('../core/graph.js').Layer} layer
 * @property {import('../core/graph.js').Layer | undefined} flattening  that the values read come from
 * @property {number} unit
 * @property {import('../core/tensor.js').Tensor | undefined} weight
 * @property {import('../core/tensor.js').Tensor | undefined} input
 */

/**
 * A unit of a vector: what it is made of, where it is a dense layer's, and where it stands among the others.
 * @param {UnitModel & {tensor: import('../core/tensor.js').Tensor, limit: number,
 *   classes: readonly string[]}} model
 * @param {import('./layer.js').DetailActions} actions
 */
export function unitView(model, { open }) {
  const { layer, unit, tensor, limit, classes } = model;
  return html`${
    viewOf(layer).hasUnitWeights
      ? html`<div class="unit-walls">
          <div>${unitWeights(model)}</div>
          <div>${unitProducts(model)}</div>
        </div>`
      : nothing
  }
    <h3>the units of ${layer.name}</h3>
    ${unitGrid({
      layer,
      tensor,
      limit,
      classes,
      selected: unit,
      point: () => undefined,
      open: (channel) => open({ kind: 'cell', layer: layer.name, channel, row: 0, column: 0 }),
    })}`;
}

/** Weights in lines: so many in each, with cells of so many CSS px; of thousands more, and smaller. */
const LINES = { few: { columns: 16, cell: 18 }, many: { columns: 64, cell: 6 } };
const FEW_WEIGHTS = 1024;

/**
 * The weights of a dense unit: laid out as the maps they meet where it reads a flattened volume,
 * else in lines.
 * @param {UnitModel} model
 */
export function unitWeights({ layer, flattening, unit, weight }) {
  if (!weight) return html`<p class="note">The weights are on their way.</p>`;
  const values = unitRow(weight, unit);
  const size = values.length;
  const limit = largest(values.map(Math.abs));
  const range = `±${significant(limit)}`;
  const shape = mapsRead(flattening);
  if (shape) {
    return html`<h3>unit ${unit}: its weights on the ${counted(shape[0] * shape[1], 'map')} of ${flattening?.inputs.join()}, ${range}</h3>
      ${wall(`The weights of unit ${unit}`, { weight: { shape, data: values }, limit })}`;
  }
  const lines = size > FEW_WEIGHTS ? LINES.many : LINES.few;
  const rows = Math.ceil(size / lines.columns);
  const cells = new Float32Array(rows * lines.columns).fill(NaN);
  cells.set(values);
  const grid = { rows, ...lines, palette: 'weight', limit };
  return html`<h3>unit ${unit}: its weight for ${size === 1 ? 'the unit' : `each of the ${size} units`} of ${layer.inputs.join()}, ${range}</h3>
    <value-grid
      class="unit-weights ${lines === LINES.many ? 'is-fine' : ''}"
      role="img"
      aria-label=${`The ${counted(size, 'weight')} of unit ${unit}`}
      .model=${{ ...grid, values: cells }}
    ></value-grid>`;
}

/** What a dense unit adds up, each product where its value stands in its map. @param {UnitModel} model */
function unitProducts({ flattening, unit, weight, input }) {
  const shape = mapsRead(flattening);
  if (!weight || !input || !shape) return nothing;
  const own = unitRow(weight, unit);
  const data = input.data.map((value, i) => value * own[i]);
  const limit = largest(data.map(Math.abs));
  return html`<h3>its ${counted(data.length, 'product')}, weight × value, ±${significant(limit)}</h3>
    ${wall(`The products of unit ${unit}`, { weight: { shape, data }, limit, palette: 'activation' })}`;
}

/**
 * The maps that a dense layer reads through a flattening, as a square of maps; of maps of several values
 * also with up to twice as many across as down. Null where they are neither.
 * @param {UnitModel['flattening']} flattening
 */
function mapsRead(flattening) {
  if (!flattening) return null;
  const [maps, rows, columns] = flattening.input_shape;
  let across = Math.ceil(Math.sqrt(maps));
  while (maps % across) across += 1;
  const most = rows * columns > 1 ? 2 : 1;
  return across * across > most * maps ? null : [maps / across, across, rows, columns];
}

/** @param {string} label @param {import('../elements/kernel_wall.js').WallModel} model */
const wall = (label, model) =>
  html`<kernel-wall class="kernel-wall" .label=${label} .model=${model}></kernel-wall>`;
