import { nothing } from 'lit-html';

import '../../elements/channel_panels.js';
import '../../elements/drawn_picture.js';
import '../../elements/kernel_wall.js';
import '../../elements/layer_maps.js';
import '../../elements/math_formula.js';
import '../../elements/unit_grid.js';
import '../../elements/value_grid.js';
import { lookedAt } from '../../state/network/detail.js';
import { neighboursOf, pointAt } from '../../state/network/actions.js';
import {
  activations,
  forward,
  hover,
  layerNamed,
  limits,
  outline,
  rangeMode,
  weights,
} from '../../state/network/store.js';
import { layerView } from '../../views/layer.js';
import { mapStage } from './map.js';
import { unitOf, unitWeights } from './units.js';

export { startLate } from './after_first_picture.js';
export { prediction, zoomTools } from './tools.js';

/**
 * What is open: a layer, a map, a cell.
 * @param {Exclude<import('../../state/network/store.js').View, {kind: 'overview'}>} now
 */
export function detailTemplate(now) {
  const layer = layerNamed(now.layer);
  if (!layer || !forward.value) return nothing;
  if (now.kind !== 'layer') return mapStage(now, layer);
  const at = hover.value;
  const kernel = lookedAt.value?.layer === layer.name ? lookedAt.value : { filter: 0, input: 0 };
  return layerView({
    layer,
    neighbours: neighboursOf(layer.name),
    tensor: activations.value.get(layer.name),
    limit: limits.value.get(layer.name)?.reduce((a, b) => Math.max(a, b), 0) ?? 0,
    weights: weights.value.get(layer.name),
    mode: rangeMode.value,
    filter: at?.layer === layer.name ? at.channel : kernel.filter,
    kernel,
    look: (found) => void (lookedAt.value = { layer: layer.name, ...found }),
    unitWeights: layer.kind === 'Linear' ? unitWeights(layer, unitOf(layer)) : nothing,
    classes: outline.value?.classes ?? [],
    point: (channel) =>
      pointAt(channel === null ? null : { layer: layer.name, channel, row: 0, column: 0 }),
  });
}
