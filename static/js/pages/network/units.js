import { html, nothing } from 'lit-html';

import { count, significant } from '../../core/number.js';
import { largest } from '../../core/range.js';
import { open } from '../../state/network/actions.js';
import {
  activations,
  hover,
  layerNamed,
  limits,
  outline,
  weights,
} from '../../state/network/store.js';
import { unitGrid } from '../../views/units.js';

/** @typedef {import('../../state/network/store.js').Layer} Layer */

/**
 * The largest limit of a layer's maps, or of the normalized input.
 * @param {string} name
 */
export const largestLimit = (name) =>
  limits.value.get(name)?.reduce((a, b) => Math.max(a, b), 0) ?? 0;

/**
 * A vector's own units, the open one outlined.
 * @param {Layer} layer
 * @param {number} channel
 */
export function unitsOf(layer, channel) {
  const tensor = activations.value.get(layer.name);
  if (!tensor) return nothing;
  const isDense = layer.kind === 'Linear';
  return html`${
    isDense
      ? html`<div class="unit-walls">
          <div>${unitWeights(layer, channel)}</div>
          <div>${unitProducts(layer, channel)}</div>
        </div>`
      : nothing
  }
    <h3>the units of ${layer.name}</h3>
    ${unitGrid({
      layer,
      tensor,
      limit: largestLimit(layer.name),
      classes: outline.value?.classes ?? [],
      selected: channel,
      point: () => undefined,
      open: (unit) => open({ kind: 'cell', layer: layer.name, channel: unit, row: 0, column: 0 }),
    })}`;
}

/**
 * The unit whose weights a layer's page shows: the one under the pointer, else the one that says most.
 * @param {Layer} layer
 */
export function unitOf(layer) {
  const at = hover.value;
  if (at?.layer === layer.name) return at.channel;
  const values = activations.value.get(layer.name)?.data ?? [];
  const amounts = Array.from(values, Math.abs);
  return Math.max(0, amounts.indexOf(Math.max(...amounts)));
}

/** A weight's cell in a strip, CSS px; weights of one line. */
const WEIGHT_PX = 18;
const WEIGHTS_A_LINE = 16;

/**
 * The weights of a dense unit: laid out as the maps they meet where it reads a flattened volume,
 * else in lines.
 * @param {Layer} layer
 * @param {number} unit
 */
export function unitWeights(layer, unit) {
  const weight = weights.value.get(layer.name)?.weight;
  if (!weight) return html`<p class="note">The weights are on their way.</p>`;
  const size = weight.shape[1];
  const values = weight.data.subarray(unit * size, (unit + 1) * size);
  const limit = largest(values.map(Math.abs));
  const range = `±${significant(limit)}`;
  const shape = mapsRead(layer);
  if (shape) {
    const source = layerNamed(layer.inputs[0] ?? '')?.inputs[0] ?? '';
    return html`<h3>unit ${unit}: its weights on the ${shape[0] * shape[1]} maps of ${source}, ${range}</h3>
      ${wall(`The weights of unit ${unit}`, { weight: { shape, data: values }, limit })}`;
  }
  const rows = Math.ceil(size / WEIGHTS_A_LINE);
  const cells = new Float32Array(rows * WEIGHTS_A_LINE).fill(NaN);
  cells.set(values);
  const grid = { rows, columns: WEIGHTS_A_LINE, cell: WEIGHT_PX, palette: 'weight', limit };
  return html`<h3>unit ${unit}: its weight for each of the ${size} units of ${layer.inputs[0]}, ${range}</h3>
    <value-grid
      class="unit-weights"
      role="img"
      aria-label=${`The ${size} weights of unit ${unit}`}
      .model=${{ ...grid, values: cells }}
    ></value-grid>`;
}

/**
 * What a dense unit adds up, each product where its value stands in its map.
 * @param {Layer} layer
 * @param {number} unit
 */
function unitProducts(layer, unit) {
  const weight = weights.value.get(layer.name)?.weight;
  const input = activations.value.get(layer.inputs[0] ?? '');
  const shape = mapsRead(layer);
  if (!weight || !input || !shape) return nothing;
  const data = input.data.map((value, i) => value * weight.data[unit * weight.shape[1] + i]);
  const limit = largest(data.map(Math.abs));
  return html`<h3>its ${count(data.length)} products, weight × value, ±${significant(limit)}</h3>
    ${wall(`The products of unit ${unit}`, { weight: { shape, data }, limit, palette: 'activation' })}`;
}

/**
 * The maps that a dense layer reads through a flattening, as a square of maps, or null.
 * @param {Layer} layer
 */
function mapsRead(layer) {
  const source = layerNamed(layer.inputs[0] ?? '');
  if (source?.kind !== 'Flatten' || source.input_shape.length !== 3) return null;
  const [maps, rows, columns] = source.input_shape;
  const across = Math.ceil(Math.sqrt(maps));
  return maps % across ? null : [maps / across, across, rows, columns];
}

/**
 * @param {string} label
 * @param {import('../../elements/kernel_wall.js').WallModel} model
 */
const wall = (label, model) =>
  html`<kernel-wall class="kernel-wall" .label=${label} .model=${model}></kernel-wall>`;
