import { html, nothing } from 'lit-html';

import { fixed } from '../core/number.js';
import { largest } from '../core/range.js';
import { open } from '../state/actions.js';
import { activations, layerNamed, limits, outline, weights } from '../state/store.js';
import { unitGrid } from '../views/units.js';

/** @typedef {import('../state/store.js').Layer} Layer */

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
  return html`${unitWeights(layer, channel)}
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
 * The weights of a dense unit that reads a flattened volume, laid out as the maps they meet.
 * @param {Layer} layer
 * @param {number} channel
 */
function unitWeights(layer, channel) {
  const weight = weights.value.get(layer.name)?.weight;
  const source = layerNamed(layer.inputs[0] ?? '');
  if (!weight || source?.kind !== 'Flatten' || source.input_shape.length !== 3) return nothing;
  const [maps, rows, columns] = source.input_shape;
  const size = maps * rows * columns;
  const across = Math.ceil(Math.sqrt(maps));
  if (maps % across) return nothing;
  const data = weight.data.subarray(channel * size, (channel + 1) * size);
  const limit = largest(data.map(Math.abs));
  const shape = [maps / across, across, rows, columns];
  return html`<h3>its weights on the ${maps} maps of ${source.inputs[0]}, ±${fixed(limit, 3)}</h3>
    <kernel-wall
      class="kernel-wall"
      .label=${`The weights of unit ${channel}, as ${maps} maps`}
      .model=${{ weight: { shape, data }, limit }}
    ></kernel-wall>`;
}
